import { connect } from 'node:net';

const window = 10;

function pdu(id: number, sequence: number, body: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(16 + body.length, 0);
  head.writeUInt32BE(id, 4);
  head.writeUInt32BE(sequence, 12);
  return Buffer.concat([head, body]);
}

function submit(sequence: number): Buffer {
  const text = Buffer.from('Your parcel has arrived.');
  const fields = `\0\x05\0SEPSMS\0\x01\x01668${String(10_000_000 + sequence)}\0\0\0\0\0\0\x01\0\0\0`;
  return pdu(4, sequence, Buffer.concat([Buffer.from(fields, 'latin1'), Buffer.from([text.length]), text]));
}

/**
 * The yardstick: a client that sends so many messages with a window of ten, reads the answers, answers the receipts, and
 * keeps nothing. Messages a second, until the last receipt.
 */
export function bareSmppLoop(port: number, messages: number): Promise<number> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.setNoDelay(true);
  let rest: Buffer = Buffer.alloc(0);
  let sent = 0;
  let open = 0;
  let receipts = 0;
  let start = 0;
  return new Promise((resolve, reject) => {
    const fill = () => {
      while (open < window && sent < messages) {
        open += 1;
        sent += 1;
        socket.write(submit(sent));
      }
    };
    const take = (one: Buffer) => {
      const id = one.readUInt32BE(4);
      if (id === 0x8000_0009) {
        start = performance.now();
        fill();
      } else if (id === 0x8000_0004) {
        open -= 1;
        fill();
      } else if (id === 5) {
        receipts += 1;
        socket.write(pdu(0x8000_0005, one.readUInt32BE(12), Buffer.from([0])), () => {
          if (receipts < messages) return;
          socket.destroy();
          resolve((messages / (performance.now() - start)) * 1000);
        });
      }
    };
    socket.on('data', (chunk: Buffer) => {
      const octets = Buffer.concat([rest, chunk]);
      let at = 0;
      while (octets.length - at >= 16) {
        const length = octets.readUInt32BE(at);
        if (octets.length - at < length) break;
        take(octets.subarray(at, at + length));
        at += length;
      }
      rest = Buffer.from(octets.subarray(at));
    });
    socket.once('error', reject);
    socket.write(pdu(9, 1, Buffer.from('box\0secret\0\0\x34\0\0\0', 'latin1')));
  });
}
