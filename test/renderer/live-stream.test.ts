import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveStream } from '../../renderer/api/live-stream.ts';
import type { EventSourceLike } from '../../renderer/api/live-stream.ts';
import type { LiveEvent } from '../../server/contract/live.ts';

/** Stands where the browser's EventSource stands; the test plays the network. */
class Wire implements EventSourceLike {
  readyState = 0;
  readonly #target = new EventTarget();

  addEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void {
    this.#target.addEventListener(type, (event) => listener(event instanceof MessageEvent ? event : { data: null }));
  }
  open(): void {
    this.readyState = 1;
    this.#target.dispatchEvent(new Event('open'));
  }
  say(event: unknown): void {
    this.#target.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(event) }));
  }
  lose(readyState: 0 | 2): void {
    this.readyState = readyState;
    this.#target.dispatchEvent(new Event('error'));
  }
  close(): void {
    this.readyState = 2;
  }
}

const carrier = (name: string) => ({
  type: 'carrier',
  carrier: {
    id: 1,
    name,
    kind: 'modem',
    enabled: true,
    paused: false,
    state: 'ready',
    reason: '',
    cause: null,
    facts: {},
    held: 0,
    uncertain: 'hold',
    refundFailed: true,
    usage: [],
  },
});

function begin() {
  const wires: Wire[] = [];
  const told: (readonly LiveEvent[])[] = [];
  const stream = new LiveStream({
    open: () => {
      const wire = new Wire();
      wires.push(wire);
      return wire;
    },
  });
  stream.subscribe((events) => void told.push(events));
  stream.start();
  const wire = (index = 0): Wire => {
    const found = wires[index];
    if (found === undefined) throw new Error(`no connection ${index}`);
    return found;
  };
  const names = () =>
    told.map((events) => events.map((event) => (event.type === 'carrier' ? event.carrier.name : event.type)));
  return { stream, wires, wire, names };
}

describe('the stream of news', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells a reset at the first connection, because what came before was told to nobody', () => {
    const { wire, names, stream } = begin();
    wire().open();
    expect(names()).toEqual([['reset']]);
    expect(stream.state).toBe('open');
  });

  it('tells the first news at once and a flood in groups', () => {
    const { wire, names } = begin();
    wire().say(carrier('a'));
    wire().say(carrier('b'));
    wire().say(carrier('c'));
    expect(names()).toEqual([['a']]);
    vi.advanceTimersByTime(200);
    expect(names()).toEqual([['a'], ['b', 'c']]);
  });

  it('is lost while the browser reconnects, and needs no reset when the server can replay', () => {
    const { wire, names, stream } = begin();
    wire().open();
    wire().say(carrier('a'));
    wire().lose(0);
    expect(stream.state).toBe('lost');
    wire().open();
    expect(stream.state).toBe('open');
    vi.advanceTimersByTime(5000);
    expect(names()).toEqual([['reset'], ['a']]);
  });

  it('tells a reset after a reconnection of which the server has no last event', () => {
    const { wire, names } = begin();
    wire().open();
    vi.advanceTimersByTime(5000);
    wire().lose(0);
    wire().open();
    expect(names()).toEqual([['reset'], ['reset']]);
  });

  it('opens a new connection where the browser gives up, ever more slowly up to a limit', () => {
    const { wire, wires } = begin();
    const waits: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      wire(index).lose(2);
      const before = vi.getMockedSystemTime()?.valueOf() ?? 0;
      vi.advanceTimersToNextTimer();
      waits.push((vi.getMockedSystemTime()?.valueOf() ?? 0) - before);
    }
    expect(wires).toHaveLength(7);
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  it('tells many resets of a flooded box at most every two seconds', () => {
    const { wire, names } = begin();
    for (let index = 0; index < 40; index += 1) {
      wire().say({ type: 'reset' });
      vi.advanceTimersByTime(100);
    }
    expect(names().length).toBeLessThanOrEqual(3);
    expect(names().flat()).toContain('reset');
  });

  it('reads everything anew rather than miss news that it cannot read', () => {
    const { wire, names } = begin();
    wire().say({ type: 'of a newer box' });
    expect(names()).toEqual([['reset']]);
  });

  it('is silent and opens nothing after it is stopped', () => {
    const { wire, wires, names, stream } = begin();
    wire().say(carrier('a'));
    wire().say(carrier('b'));
    wire().lose(2);
    stream.stop();
    vi.advanceTimersByTime(60_000);
    expect(names()).toEqual([['a']]);
    expect(wires).toHaveLength(1);
  });
});
