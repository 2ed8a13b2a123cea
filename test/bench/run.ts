/**
 * `npm run bench`: the figures of accepting messages and of sending them over SMPP, each beside a yardstick run in the same minute on the same machine.
 * `--seconds N` sets the length of each load (8), `--json FILE` writes the results.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { accept, batch, warmUp, type AcceptResult, type BatchResult } from './cases.ts';
import { startBenchServer } from './server-process.ts';
import { smppFigures } from './smpp-figures.ts';
import { line, reachedOf, verdict } from './verdict.ts';
import { rawCommits, rawInsert } from './yardsticks.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '8' }, json: { type: 'string' } } });
const seconds = Number(values.seconds);

function describe(name: string, result: AcceptResult): void {
  line(
    `${name}, ${result.connections} connections: `,
    result.perSecond,
    ' req/s, p50 ',
    result.p50,
    ' ms, p99 ',
    result.p99,
    ' ms, ',
    result.cpuMicrosPerRequest,
    ' µs CPU a request',
  );
  if (result.commits > 0)
    line(
      '  ',
      result.requests,
      ' answered durably with ',
      result.commits,
      ' fsyncs; longest stall ',
      result.stallMs,
      ' ms; refused ',
      result.refused,
    );
}

function describeBatch(result: BatchResult): void {
  line(
    `${result.recipients.toLocaleString('en')} recipients${result.personal ? ', personalised' : ''}: `,
    result.ms,
    ' ms, ',
    (result.recipients / result.ms) * 1000,
    ' recipients/s; others meanwhile: p50 ',
    result.othersP50,
    ' ms, worst ',
    result.othersWorst,
    ' ms; longest stall ',
    result.stallMs,
    ' ms; memory ',
    result.rssMb,
    ' MB',
  );
}

line('Yardsticks');
const commits = rawCommits(2_000);
line('raw commits: ', commits, '/s');
const inserts = rawInsert(300_000);
line('raw insert: ', inserts, ' rows/s');
const bare = await accept('express', 64, seconds);
describe('bare Express', bare);

line('\nThe box');
const many = await accept('box', 64, seconds);
describe('durable accept', many);
const commitsAfter = rawCommits(2_000);
const single = await accept('box', 1, Math.min(4, seconds));
describe('durable accept', single);
const server = await startBenchServer('box');
await warmUp(server);
const batches: BatchResult[] = [];
for (const [recipients, personal] of [
  [10_000, false],
  [100_000, false],
  [100_000, true],
] as const) {
  const result = await batch(server, recipients, personal);
  describeBatch(result);
  batches.push(result);
}
await server.stop();

line('\nFigures');
const disk = (commits + commitsAfter) / 2;
const [ten, hundred, personal] = batches;
const reached = [
  verdict('1  durable accept ÷ bare Express', many.perSecond / bare.perSecond, 0.75, 'more'),
  verdict('1  durable accept ÷ raw commits', many.perSecond / disk, 2, 'more'),
  verdict('1  p99 in ms', many.p99, 15, 'less'),
  verdict('2  one connection ÷ raw commits', single.perSecond / disk, 0.35, 'more'),
  verdict('2  p99 in ms', single.p99, 3, 'less'),
  verdict(
    '3  10,000 recipients a request ÷ raw commits',
    (((ten?.recipients ?? 0) / (ten?.ms ?? 1)) * 1000) / disk,
    20,
    'more',
  ),
  verdict('3  its answer in ms', ten?.ms ?? Number.POSITIVE_INFINITY, 150, 'less'),
  verdict(
    '4  100,000 recipients a request ÷ raw insert',
    (((hundred?.recipients ?? 0) / (hundred?.ms ?? 1)) * 1000) / inserts,
    0.5,
    'more',
  ),
  verdict('4  longest wait of another caller in ms', hundred?.othersWorst ?? Number.POSITIVE_INFINITY, 50, 'less'),
  verdict('4  the same, personalised', personal?.othersWorst ?? Number.POSITIVE_INFINITY, 50, 'less'),
];
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    `${JSON.stringify({ commits, commitsAfter, inserts, bare, many, single, batches }, null, 2)}\n`,
  );
}
line('');
reached.push(...(await smppFigures(50_000)));
line(`\n${reachedOf(reached)}`);
