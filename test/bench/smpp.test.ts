import { describe, expect, it } from 'vitest';
import { dispatchBacklog, requestToSubmit } from './smpp-cases.ts';

/** The short form of the figures over SMPP, with bounds that hold on a busy machine: they catch another order of magnitude. */
describe('sending over SMPP, the short form', () => {
  it('hands over a backlog, with the outcomes and claims of a window in one commit', async () => {
    const result = await dispatchBacklog(3_000);
    expect(result.perSecond).toBeGreaterThan(300);
    expect(result.messages / result.commits).toBeGreaterThan(4);
    expect(result.stallMs).toBeLessThan(250);
  });

  it('hands over within milliseconds what was just asked for', async () => {
    const result = await requestToSubmit(50, 2);
    expect(result.p50).toBeLessThan(50);
  });
});
