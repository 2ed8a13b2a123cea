import { describe, expect, it } from 'vitest';
import { healthOf, healthText } from '../../renderer/layout/health.ts';
import { en } from '../../renderer/i18n/en.ts';
import { translator } from '../../renderer/i18n/translate.ts';
import { shownStates, stateOfMessage, stateOfRecipient, stateOfStatus } from '../../renderer/ui/states.ts';
import type { BoxStatus } from '../../server/contract/admin-shapes.ts';
import type { CarrierItem } from '../../server/contract/carrier-forms.ts';
import { drStatuses, messageStates } from '../../server/domain/message-state.ts';

function done(...statuses: ('success' | 'failed' | 'unknown')[]) {
  const drSummary = statuses.map((drStatus) => ({ drStatus, count: 3 }));
  return stateOfMessage({ status: 'completed', drSummary });
}

function carrier(name: string, state: CarrierItem['state'], enabled = true): CarrierItem {
  const rest = { paused: false, held: 0, uncertain: 'hold', refundFailed: true, usage: [] } as const;
  return {
    id: name.length,
    name,
    kind: 'modem',
    enabled,
    state,
    reason: '',
    cause: null,
    facts: {},
    ...rest,
    usage: [],
  };
}

function words(...carriers: CarrierItem[]): string {
  const startedAt = '2026-01-15T10:00:00.000Z';
  const status: BoxStatus = { version: '1', startedAt, queued: 0, oldestQueuedMs: null, carriers };
  return healthText(healthOf(status), translator('en', en));
}

describe('the vocabulary of states', () => {
  it('has a picture and a colour for every state that the box knows', () => {
    for (const status of drStatuses) expect(shownStates[stateOfStatus(status)]).toBeDefined();
    for (const status of messageStates) expect(shownStates[stateOfMessage({ status, drSummary: [] })]).toBeDefined();
  });

  it('tells no two states of a recipient by colour alone', () => {
    const pictures = drStatuses.map((status) => shownStates[stateOfStatus(status)].icon);
    expect(new Set(pictures).size).toBe(drStatuses.length);
  });

  it('gives a message the state that its recipients share, and a word of its own when they differ', () => {
    expect(done('success')).toBe('delivered');
    expect(done('unknown')).toBe('unknown');
    expect(done('success', 'failed')).toBe('finished');
    expect(stateOfMessage({ status: 'sending', drSummary: [{ drStatus: 'sent', count: 2 }] })).toBe('sent');
  });

  it('shows a recipient as on its way once it has been handed over', () => {
    expect(stateOfRecipient({ drStatus: 'pending', attempts: 0 })).toBe('queued');
    expect(stateOfRecipient({ drStatus: 'pending', attempts: 1 })).toBe('sending');
  });
});

describe('the health of the box in words', () => {
  it('names the carrier that is worst off', () => {
    expect(words(carrier('Front', 'ready'), carrier('Back', 'waiting'), carrier('Roof', 'faulty'))).toBe(
      'Roof needs attention',
    );
    expect(words(carrier('Front', 'ready'), carrier('Back', 'waiting'))).toBe('Back is waiting');
  });

  it('does not count a carrier that is off', () => {
    expect(words(carrier('Front', 'ready'), carrier('Roof', 'faulty', false))).toBe('All is well');
    expect(words(carrier('Roof', 'disabled', false))).toBe('Carriers are off');
  });

  it('says when there is no carrier, or nothing is known', () => {
    expect(words()).toBe('No carrier yet');
    expect(healthText(healthOf(undefined), translator('en', en))).toBe('Not known');
  });
});
