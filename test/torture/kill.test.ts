import { expect, test } from 'vitest';
import { whyNoPty } from '../fakes/pty.ts';
import { torture } from './torture.ts';

const kills = 20;
const modems = 3;
const seed = Number(process.env['TORTURE_SEED'] ?? 20_260_115);

const noPty = whyNoPty();
if (noPty !== null) console.info(`skipped: kill -9 under load: ${noPty}`);

test.skipIf(noPty !== null)(
  'kill -9 at random moments under load: nothing answered is lost, nothing is sent twice, the credits add up',
  { timeout: 300_000 },
  async () => {
    const report = await torture({ kills, seed, modems, uncertain: 'hold', say: (line) => console.info(line) });
    const { lost, doubled, wrong, log, ended, ...numbers } = report;
    console.info({ ...numbers, ended });
    expect({ lost, doubled, wrong, log }).toEqual({ lost: [], doubled: [], wrong: [], log: [] });
    expect(report.promised).toBeGreaterThan(kills);
    expect(report.parts).toBeGreaterThan(kills * modems);
    // A kill leaves at the most the part that each modem was sending in doubt.
    expect(ended['unknown'] ?? 0).toBeLessThanOrEqual(kills * modems);
    // If no kill ever met a hand-over, the kills proved nothing.
    expect(ended['unknown'] ?? 0).toBeGreaterThan(0);
  },
);
