import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { openSocketStream, type SocketStream, type TlsTarget } from '../../server/platform/socket-stream.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { selfSigned } from './self-signed.ts';

let server: Server | undefined;
const sockets: Socket[] = [];
let welcome: (socket: Socket) => void = () => {};

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)));
  server = undefined;
});

async function listen(tls?: { readonly key: string; readonly cert: string }): Promise<number> {
  const made = tls === undefined ? createServer() : createTlsServer(tls);
  server = made;
  made.on('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
  });
  made.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => welcome(socket));
  await new Promise<void>((resolve) => {
    made.listen(0, '127.0.0.1', resolve);
  });
  return (made.address() as AddressInfo).port;
}

const open = (port: number, tls: TlsTarget | null = null) =>
  openSocketStream({ host: '127.0.0.1', port, tls }, 5_000, systemClock);

function heard(stream: SocketStream, length: number): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    stream.onData((bytes) => {
      text += Buffer.from(bytes).toString('latin1');
      if (text.length >= length) resolve(text);
    });
  });
}

const closing = (stream: SocketStream) =>
  new Promise<string>((resolve) => {
    stream.onClose(resolve);
  });

describe('a connection', () => {
  it('carries octets both ways, also those that came before anybody listened', async () => {
    welcome = (socket) => {
      socket.write('hello ');
      socket.on('data', (bytes: Buffer) => socket.write(bytes));
    };
    const stream = await open(await listen());
    expect(stream.tlsVersion).toBeNull();
    await stream.write(Buffer.from('echo'));
    expect(await heard(stream, 10)).toBe('hello echo');
    const closed = closing(stream);
    await stream.close();
    await closed;
    await expect(stream.write(Buffer.from('x'))).rejects.toThrow('closed');
    await stream.close();
  });

  it('tells why it ended, once, also to who asks late', async () => {
    welcome = (socket) => socket.once('data', () => socket.resetAndDestroy());
    const stream = await open(await listen());
    stream.onData(() => {});
    await stream.write(Buffer.from('go'));
    expect(await closing(stream)).toMatch(/ECONNRESET|closed by the other side/u);
    expect(await closing(stream)).not.toBe('');
  });

  it('ends when the other side does', async () => {
    welcome = (socket) => socket.end();
    const stream = await open(await listen());
    stream.onData(() => {});
    expect(await closing(stream)).toBe('closed by the other side');
  });

  it('is refused with the code of the system', async () => {
    const port = await listen();
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    await expect(open(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is given up when nothing answers in time', async () => {
    // A TLS handshake with a server that says nothing.
    welcome = () => {};
    const port = await listen();
    const clock = new ManualClock();
    const tls = { ca: null, verify: true, serverName: null };
    const opening = openSocketStream({ host: '127.0.0.1', port, tls }, 5_000, clock);
    const refusal = opening.catch((error: unknown) => error);
    await clock.advance(5_000);
    expect(await refusal).toMatchObject({ code: 'ETIMEDOUT' });
    expect(clock.timers).toBe(0);
  });
});

describe('TLS', () => {
  const own = selfSigned('smsc.example');

  it('is spoken with a server whose authority is given', async () => {
    welcome = (socket) => socket.write('hello');
    const port = await listen(own);
    const stream = await open(port, { ca: own.cert, verify: true, serverName: 'smsc.example' });
    expect(stream.tlsVersion).toBe('TLSv1.3');
    expect(await heard(stream, 5)).toBe('hello');
    await stream.close();
  });

  it.each([
    ['of nobody known', { ca: null, verify: true, serverName: 'smsc.example' }, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['for another host', { ca: own.cert, verify: true, serverName: 'other.example' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [
      'for a name and not for the address',
      { ca: own.cert, verify: true, serverName: null },
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
  ])('is refused with a certificate %s', async (_, tls, code) => {
    const port = await listen(own);
    await expect(open(port, tls)).rejects.toMatchObject({ code });
  });

  it('takes any certificate where that is wanted', async () => {
    const port = await listen(own);
    const stream = await open(port, { ca: null, verify: false, serverName: null });
    expect(stream.tlsVersion).not.toBeNull();
    await stream.close();
  });

  it('is told apart from a server without it', async () => {
    welcome = (socket) => socket.end('220 hello\r\n');
    await expect(open(await listen(), { ca: null, verify: true, serverName: null })).rejects.toMatchObject({
      code: expect.stringMatching(/ERR_SSL_|EPROTO|ECONNRESET/u) as string,
    });
  });
});
