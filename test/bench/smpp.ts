/** `node test/bench/smpp.ts`: the figures of sending over SMPP alone. `--messages N` sets the backlog (50,000). */
import { parseArgs } from 'node:util';
import { smppFigures } from './smpp-figures.ts';
import { line, reachedOf } from './verdict.ts';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '50000' }, only: { type: 'string' } } });
const verdicts = await smppFigures(Number(values.messages), values.only);
line(`\n${reachedOf(verdicts)}`);
