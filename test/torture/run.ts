/** Long runs by hand: `node test/torture/run.ts --kills 500 --seed 7 --modems 3 --uncertain hold --keep`. */

import { parseArgs } from 'node:util';
import { whyNoPty } from '../fakes/pty.ts';
import { torture } from './torture.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    modems: { type: 'string', default: '3' },
    uncertain: { type: 'string', default: 'hold' },
    keep: { type: 'boolean', default: false },
  },
});
const noPty = whyNoPty();
if (noPty !== null) {
  console.error(`not run: ${noPty}`);
  process.exit(2);
}
const report = await torture({
  kills: Number(values.kills),
  seed: Number(values.seed),
  modems: Number(values.modems),
  uncertain: values.uncertain === 'resend' ? 'resend' : 'hold',
  keep: values.keep,
  say: (line) => console.log(line),
});
const { lost, doubled, wrong, ended, log, ...numbers } = report;
for (const [title, lines] of Object.entries({ lost, doubled, wrong, log })) {
  for (const line of lines.slice(0, 20)) console.log(`${title}: ${line}`);
}
console.log({
  ...numbers,
  lost: lost.length,
  doubled: doubled.length,
  wrong: wrong.length,
  unknown: ended.unknown ?? 0,
  ended,
});
process.exitCode = lost.length + doubled.length + wrong.length === 0 ? 0 : 1;
