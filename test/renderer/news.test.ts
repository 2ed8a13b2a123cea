import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newsReaders } from '../../renderer/api/news.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page that shows the answers of some questions, with how often each was asked. */
function page(...questions: readonly string[]) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const asked = new Map(questions.map((question) => [question, 0]));
  for (const question of questions) {
    const queryFn = () => {
      asked.set(question, (asked.get(question) ?? 0) + 1);
      return asked.get(question);
    };
    new QueryObserver(client, { queryKey: [question, {}], queryFn }).subscribe(() => undefined);
  }
  return { client, count: (question: string) => asked.get(question), news: newsReaders(client) };
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('what is on a page', () => {
  it('is asked again at once when somebody changed something, and once more for what came in the meantime', async () => {
    const { count, news } = page('keys');
    await pass(10);
    expect(count('keys')).toBe(1);
    news.tell([{ type: 'changed' }]);
    await pass(10);
    expect(count('keys')).toBe(2);
    for (let index = 0; index < 50; index += 1) news.tell([{ type: 'changed' }]);
    await pass(300);
    expect(count('keys')).toBe(2);
    await pass(300);
    expect(count('keys')).toBe(3);
    await pass(10_000);
    expect(count('keys')).toBe(3);
  });

  it('is asked again after a break, and seldom while messages move', async () => {
    const { count, news } = page('credits');
    await pass(10);
    news.tell([{ type: 'reset' }]);
    await pass(10);
    expect(count('credits')).toBe(2);
    for (let second = 0; second < 20; second += 1) {
      news.tell([{ type: 'inbound' }]);
      await pass(1000);
    }
    expect(count('credits')).toBe(2 + 5);
  });

  it('leaves the messages alone, which are kept row by row, and what nobody looks at', async () => {
    const { client, count, news } = page('messages', 'message', 'keys');
    client.setQueryData(['senders', {}], 'read before');
    await pass(10);
    news.tell([{ type: 'changed' }]);
    await pass(10);
    expect([count('messages'), count('message'), count('keys')]).toEqual([1, 1, 2]);
    expect(client.getQueryState(['senders', {}])).toMatchObject({ isInvalidated: true, fetchStatus: 'idle' });
    news.stop();
  });
});
