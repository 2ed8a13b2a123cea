/**
 * An SMSC of the benchmark in a process of its own: takes every submit_sm, answers at once, and gives its receipt back right
 * away, or – `later` – when it is told to. Speaks to its parent by IPC.
 */
import { createServer, type Socket } from 'node:net';

const later = process.argv[2] === 'later';
/** Receipts that may be without an answer. */
const receiptWindow = 100;

interface Taken {
  readonly id: number;
  readonly source: Buffer;
  readonly dest: Buffer;
}

let taken: Taken[] = [];
let next = 0;
let acked = 0;
let open = 0;
let ids = 0;
let released = !later;
/** Milliseconds of the machine's monotonic clock, which all processes share. */
const now = () => Number(process.hrtime.bigint()) / 1e6;
let times = { first: 0, lastSubmit: 0, firstReceipt: 0, lastAck: 0 };
/** When each text that begins with its own number arrived. */
let arrivals: Record<number, number> = {};
let seen: number[] = [];
let receiver: Socket | null = null;

function header(id: number, status: number, sequence: number, length: number): Buffer {
  const head = Buffer.allocUnsafe(16);
  head.writeUInt32BE(length, 0);
  head.writeUInt32BE(id, 4);
  head.writeUInt32BE(status, 8);
  head.writeUInt32BE(sequence, 12);
  return head;
}

function answer(id: number, sequence: number, text = ''): Buffer {
  const body = Buffer.from(text === '' ? '' : `${text}\0`, 'latin1');
  return Buffer.concat([header((0x8000_0000 | id) >>> 0, 0, sequence, 16 + body.length), body]);
}

function takeSubmit(pdu: Buffer): Buffer {
  const at = now();
  if (times.first === 0) times.first = at;
  times.lastSubmit = at;
  seen.push(at);
  const sourceAt = 18 + 1;
  const sourceEnd = pdu.indexOf(0, sourceAt);
  const destEnd = pdu.indexOf(0, sourceEnd + 3);
  ids += 1;
  taken.push({
    id: ids,
    source: Buffer.from(pdu.subarray(17, sourceEnd + 1)),
    dest: Buffer.from(pdu.subarray(sourceEnd + 1, destEnd + 1)),
  });
  const validityAt = pdu.indexOf(0, destEnd + 4) + 1;
  const validityEnd = pdu.indexOf(0, validityAt);
  const text = pdu.toString('latin1', validityEnd + 6, validityEnd + 6 + (pdu[validityEnd + 5] ?? 0));
  const mark = Number.parseInt(text, 10);
  if (mark >= 0) arrivals[mark] = at;
  return answer(4, pdu.readUInt32BE(12), String(ids));
}

function receipt({ id, source, dest }: Taken): Buffer {
  const text = Buffer.from(
    `id:${id} sub:001 dlvrd:001 submit date:2601151000 done date:2601151001 stat:DELIVRD err:000 text:`,
  );
  const body = Buffer.concat([
    Buffer.from([0]),
    dest,
    source,
    Buffer.from([4, 0, 0, 0, 0, 0, 0, 0, 0, text.length]),
    text,
  ]);
  return Buffer.concat([header(5, 0, id, 16 + body.length), body]);
}

function giveReceipts(out: Buffer[]): void {
  if (!released) return;
  while (open < receiptWindow) {
    const one = taken[next];
    if (one === undefined) return;
    if (times.firstReceipt === 0) times.firstReceipt = now();
    next += 1;
    open += 1;
    out.push(receipt(one));
  }
}

function take(pdu: Buffer, out: Buffer[]): void {
  const id = pdu.readUInt32BE(4);
  const sequence = pdu.readUInt32BE(12);
  if (id === 4) out.push(takeSubmit(pdu));
  else if (id === 0x8000_0005) {
    acked += 1;
    open -= 1;
    times.lastAck = now();
  } else if (id === 1 || id === 2 || id === 9) out.push(answer(id, sequence, 'Bench'));
  else if (id === 0x15 || id === 6) out.push(answer(id, sequence));
}

const server = createServer((socket) => {
  receiver = socket;
  socket.setNoDelay(true);
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    const octets = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const out: Buffer[] = [];
    let at = 0;
    while (octets.length - at >= 16) {
      const length = octets.readUInt32BE(at);
      if (octets.length - at < length) break;
      take(octets.subarray(at, at + length), out);
      at += length;
    }
    rest = Buffer.from(octets.subarray(at));
    giveReceipts(out);
    if (out.length > 0) socket.write(Buffer.concat(out));
  });
  socket.on('error', () => {});
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});

process.on('message', (message) => {
  if (message === 'read') process.send?.({ submits: taken.length, acked, ...times, arrivals, seen });
  if (message === 'release') {
    released = true;
    const out: Buffer[] = [];
    giveReceipts(out);
    receiver?.write(Buffer.concat(out));
  }
  if (message === 'reset') {
    taken = [];
    next = 0;
    acked = 0;
    open = 0;
    released = !later;
    times = { first: 0, lastSubmit: 0, firstReceipt: 0, lastAck: 0 };
    arrivals = {};
    seen = [];
  }
  if (message === 'stop') process.exit(0);
});
