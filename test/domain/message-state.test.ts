import { describe, expect, test } from 'vitest';
import {
  canMoveMessage,
  canMoveRecipient,
  drStatusOf,
  drStatuses,
  isFinalRecipient,
  messageStates,
  recipientSources,
  recipientStates,
  type MessageState,
  type RecipientState,
} from '../../server/domain/message-state.ts';

const endStates = ['completed', 'cancelled', 'failed'] as const;

/** Everything that can be reached from a state by any number of moves. */
function reachable<S>(from: S, all: readonly S[], canMove: (a: S, b: S) => boolean): Set<S> {
  const found = new Set<S>();
  const look = (state: S): void => {
    for (const next of all) {
      if (!canMove(state, next) || found.has(next)) continue;
      found.add(next);
      look(next);
    }
  };
  look(from);
  return found;
}

describe('messages', () => {
  test('move one way: no state is ever reached again', () => {
    for (const state of messageStates) {
      expect([state, reachable(state, messageStates, canMoveMessage).has(state)]).toEqual([state, false]);
    }
  });

  test('every one can be completed, and what has ended stays as it is', () => {
    for (const state of ['scheduled', 'pending', 'sending'] as const) {
      expect(reachable<MessageState>(state, messageStates, canMoveMessage).has('completed')).toBe(true);
    }
    for (const state of endStates) expect(reachable<MessageState>(state, messageStates, canMoveMessage).size).toBe(0);
  });

  test('a scheduled one is never sent before it is due', () => {
    expect(messageStates.filter((to) => canMoveMessage('scheduled', to))).toEqual(['pending', 'cancelled']);
  });
});

describe('recipients', () => {
  test('never leave an end', () => {
    for (const end of ['success', 'failed', 'expired', 'blocked', 'cancelled'] as const) {
      expect(recipientStates.filter((to) => canMoveRecipient(end, to))).toEqual([]);
    }
  });

  test('what the network has is never taken back into the queue', () => {
    expect(reachable<RecipientState>('sent', recipientStates, canMoveRecipient)).toEqual(
      new Set(['success', 'failed', 'expired']),
    );
  });

  test('only what was never handed over can be cancelled or blocked', () => {
    expect(recipientSources('cancelled')).toEqual(['queued']);
    expect(recipientSources('blocked')).toEqual(['queued']);
  });

  test('unknown comes of a hand-over, or of a backup that was restored, and a late report or the operator may settle it', () => {
    expect(recipientSources('unknown')).toEqual(['queued', 'sending']);
    expect(recipientStates.filter((to) => canMoveRecipient('unknown', to))).toEqual([
      'queued',
      'sent',
      'success',
      'failed',
      'expired',
    ]);
  });

  test('the sources of a state are those that lead to it', () => {
    for (const to of recipientStates) {
      expect(recipientSources(to)).toEqual(recipientStates.filter((from) => canMoveRecipient(from, to)));
      expect(recipientSources(to)).not.toContain(to);
    }
  });

  test('a caller sees pending until a carrier has it', () => {
    expect(recipientStates.map((state) => drStatusOf(state))).toEqual([
      'pending',
      'pending',
      'sent',
      'success',
      'failed',
      'expired',
      'blocked',
      'cancelled',
      'unknown',
    ]);
    expect(new Set(recipientStates.map(drStatusOf))).toEqual(new Set(drStatuses));
  });

  test('three states are not final', () => {
    expect(recipientStates.filter((state) => !isFinalRecipient(state))).toEqual(['queued', 'sending', 'sent']);
  });
});
