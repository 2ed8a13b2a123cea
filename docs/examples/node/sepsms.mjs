// Sends messages and one-time codes through a SEPSMS Box. Node.js 20.11 or newer, no packages.
//
//   export SEPSMS_URL=http://127.0.0.1:8580/api/v2 SEPSMS_KEY=sk_sep_...
//   node sepsms.mjs send 66812345678 "Hello"     node sepsms.mjs balance
//   node sepsms.mjs status UUID                  node sepsms.mjs otp 66812345678
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const { SEPSMS_URL, SEPSMS_KEY, SEPSMS_ORIGIN = 'SEPSMS' } = process.env;

/** A refusal of the box: programs read `code`, people `message`. */
class SepsmsError extends Error {
  constructor(status, { code, message, ...more }) {
    super(message);
    Object.assign(this, { status, code, more });
  }
}

/** Calls the box and returns its `result`. Tries again while the box is away, busy, or says to wait. */
async function call(method, path, body, headers = {}) {
  for (let tries = 1; ; tries += 1) {
    let response;
    try {
      response = await fetch(`${SEPSMS_URL}${path}`, {
        method,
        headers: { 'X-API-Key': SEPSMS_KEY, ...(body && { 'Content-Type': 'application/json' }), ...headers },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(30_000),
      });
    } catch (error) {
      if (tries === 3) throw error;
      await sleep(1000 * tries);
      continue;
    }
    const answer = await response.json();
    if (response.ok) return answer.result;
    const wait = Number(response.headers.get('Retry-After') ?? (response.status === 503 ? tries : 0));
    if (wait === 0 || tries === 3) throw new SepsmsError(response.status, answer.error);
    await sleep(1000 * wait);
  }
}

/** Sends a text. The same Idempotency-Key at every try: a retry never becomes a second message. */
export function sendMessage(recipients, message) {
  const body = { origin: SEPSMS_ORIGIN, recipients, message };
  return call('POST', '/message/send', body, { 'Idempotency-Key': randomUUID() });
}

export const messageStatus = (uuid) => call('GET', `/message/${encodeURIComponent(uuid)}`);
export const balance = () => call('GET', '/message/credit/balance');
export const sendCode = (destination) =>
  call('POST', '/otp/send', { destination, origin: SEPSMS_ORIGIN }, { 'Idempotency-Key': randomUUID() });
export const verifyCode = (reference, pin) => call('POST', '/otp/verify', { reference, pin });

const commands = {
  send: async (number, text) => console.log(await sendMessage([number], text)),
  status: async (uuid) => console.log(await messageStatus(uuid)),
  balance: async () => console.log((await balance()).balance),
  otp: async (number) => {
    const { reference } = await sendCode(number);
    console.log(`Reference ${reference}`);
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    const pin = await terminal.question('Code: ');
    terminal.close();
    console.log(await verifyCode(reference, pin.trim()));
  },
};

if (import.meta.filename === process.argv[1]) {
  const [name, ...args] = process.argv.slice(2);
  try {
    await commands[name](...args);
  } catch (error) {
    console.error(`${error.code ?? error.name}: ${error.message}`);
    process.exitCode = 1;
  }
}
