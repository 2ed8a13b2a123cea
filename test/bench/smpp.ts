/** `node test/bench/smpp.ts`: the figures of sending over SMPP, each beside its yardstick or bound. */
import { parseArgs } from 'node:util';
import { dispatchBacklog, paced, receiptFlood, requestToSubmit } from './smpp-cases.ts';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '50000' }, only: { type: 'string' } } });
const messages = Number(values.messages);
const wanted = (name: string) => values.only === undefined || values.only === name;
const line = (text: string) => process.stdout.write(`${text}\n`);
const round = (value: number) => Math.round(value).toLocaleString('en');

if (wanted('dispatch')) {
  const one = await dispatchBacklog(messages);
  line(
    `backlog of ${round(one.messages)}, window 10: ${round(one.perSecond)}/s handed over, reported and stored (submits alone ${round(one.submitsPerSecond)}/s), ` +
      `${one.cpuMicros.toFixed(0)} µs CPU a message, ${round(one.commits)} fsyncs, longest stall ${one.stallMs.toFixed(1)} ms; bare loop ${round(one.barePerSecond)}/s; ratio ${(one.perSecond / one.barePerSecond).toFixed(2)}`,
  );
}
if (wanted('latency')) {
  const one = await requestToSubmit(200, 8);
  line(
    `request to submit_sm at 200/s: p50 ${one.p50.toFixed(2)} ms, p99 ${one.p99.toFixed(2)} ms, worst ${one.worst.toFixed(1)} ms`,
  );
}
if (wanted('receipts')) {
  const one = await receiptFlood(messages);
  line(`receipts at once: ${round(one.perSecond)}/s stored with events, longest stall ${one.stallMs.toFixed(1)} ms`);
}
if (wanted('pace')) {
  for (const limit of [5, 50, 500]) {
    const one = await paced(limit, 8);
    line(`limit of ${limit}/s: ${one.perSecond.toFixed(2)}/s over 8 s, ${one.mostInASecond} at most within a second`);
  }
}
