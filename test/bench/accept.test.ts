import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accept, batch, post, warmUp } from './cases.ts';
import { startBenchServer, type BenchServer } from './server-process.ts';

/**
 * The short form of `npm run bench`. Its bounds are loose on purpose: they hold on a busy machine and still catch what
 * would be a different order of magnitude (a commit a request, a large request that holds everybody up).
 */
describe('accepting under load, the short form', () => {
  it('answers 64 connections durably, many of them with one fsync', async () => {
    const result = await accept('box', 64, 2);
    expect(result.refused).toBe(0);
    expect(result.requests).toBeGreaterThan(500);
    expect(result.commits).toBeGreaterThan(0);
    expect(result.requests / result.commits).toBeGreaterThan(4);
    expect(result.p99).toBeLessThan(500);
  });

  describe('a large request', () => {
    let server: BenchServer;
    beforeAll(async () => {
      server = await startBenchServer('box');
      await warmUp(server, 100);
    });
    afterAll(() => server.stop());

    it('of 100,000 recipients lets others through', async () => {
      const result = await batch(server, 100_000, false);
      expect(result.othersServed).toBeGreaterThan(5);
      expect(result.othersP50).toBeLessThan(50);
      expect(result.othersWorst).toBeLessThan(250);
    });

    it('of 20,000 personalised recipients does too', async () => {
      const result = await batch(server, 20_000, true);
      expect(result.othersP50).toBeLessThan(50);
      expect(result.othersWorst).toBeLessThan(250);
    });

    it('over the limit is refused as a whole', async () => {
      const recipients = Array.from({ length: 100_001 }, (_, index) => `668${10_000_000 + index}`);
      const answer = await post(server, JSON.stringify({ origin: 'SEPSMS', message: 'Hello', recipients }));
      expect(answer.status).toBe(422);
      expect(JSON.parse(answer.text)).toMatchObject({ success: false, error: { code: 'message.too_many_recipients' } });
    });
  });
});
