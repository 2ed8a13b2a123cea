import { dispatchBacklog, paced, receiptFlood, requestToSubmit } from './smpp-cases.ts';
import { line, verdict } from './verdict.ts';

/**
 * The bare loop of the benchmark reads and builds no more of a PDU than it needs; a loop on a client library that knows
 * all of SMPP does about half as many.
 */
const libraryShare = 0.5;

/** Runs the figures of sending over SMPP and prints each beside its yardstick or bound. */
export async function smppFigures(messages: number, only?: string): Promise<boolean[]> {
  const verdicts: boolean[] = [];
  const wanted = (name: string) => only === undefined || only === name;
  line('SMPP');
  if (wanted('dispatch')) verdicts.push(...(await dispatchFigures(messages)));
  if (wanted('latency')) verdicts.push(...(await latencyFigures()));
  if (wanted('receipts')) verdicts.push(...(await receiptFigures(messages)));
  if (wanted('pace')) verdicts.push(...(await paceFigures()));
  return verdicts;
}

async function dispatchFigures(messages: number): Promise<boolean[]> {
  const one = await dispatchBacklog(messages);
  line('bare loop, window 10: ', one.barePerSecond, '/s');
  line(
    `backlog of ${one.messages.toLocaleString('en')}, window 10: `,
    one.perSecond,
    '/s handed over, reported and stored; ',
    one.cpuMicros,
    ' µs CPU a message, ',
    one.commits,
    ' fsyncs, longest stall ',
    one.stallMs,
    ' ms',
  );
  return [
    verdict(
      '5  SMPP dispatch ÷ bare loop on a library',
      one.perSecond / (one.barePerSecond * libraryShare),
      0.4,
      'more',
    ),
    verdict('13 longest stall meanwhile in ms', one.stallMs, 50, 'less'),
  ];
}

async function latencyFigures(): Promise<boolean[]> {
  const one = await requestToSubmit(200, 8);
  line('request to submit_sm at 200/s: p50 ', one.p50, ' ms, p99 ', one.p99, ' ms, worst ', one.worst, ' ms');
  return [
    verdict('6  request to submit_sm, p50 in ms', one.p50, 3, 'less'),
    verdict('6  p99 in ms', one.p99, 15, 'less'),
  ];
}

async function receiptFigures(messages: number): Promise<boolean[]> {
  const one = await receiptFlood(messages);
  line('receipts all at once: ', one.perSecond, '/s stored with events, longest stall ', one.stallMs, ' ms');
  return [verdict('11 receipts stored a second', one.perSecond, 5_000, 'more')];
}

async function paceFigures(): Promise<boolean[]> {
  const verdicts: boolean[] = [];
  for (const limit of [5, 50, 500]) {
    const one = await paced(limit, 8);
    line(`limit of ${limit}/s: `, one.perSecond, '/s over 8 s, ', one.mostInASecond, ' at most within a second');
    verdicts.push(verdict(`5  share of a limit of ${limit}/s`, one.perSecond / limit, 0.95, 'more'));
    verdicts.push(verdict(`5  the same, not more than all`, one.perSecond / limit, 1, 'less'));
  }
  return verdicts;
}
