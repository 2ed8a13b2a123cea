// Takes webhooks from a SEPSMS Box and believes only those that the box has signed. Node.js 20.11 or newer, no packages.
//
//   SEPSMS_WEBHOOK_SECRET=whsec_... PORT=8000 node webhook-receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { SEPSMS_WEBHOOK_SECRET: secret, PORT = '8000' } = process.env;
const mostSeconds = 300;

/** Whether the box has signed these very bytes, not long ago. There are two `v1` parts for a day after a rotation. */
export function isGenuine(header, body) {
  const parts = String(header).split(',');
  const seconds = parts[0].startsWith('t=') ? parts[0].slice(2) : '';
  if (!(Math.abs(Date.now() / 1000 - Number(seconds)) <= mostSeconds)) return false;
  const wanted = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
  return parts
    .filter((part) => part.startsWith('v1='))
    .map((part) => Buffer.from(part.slice(3), 'hex'))
    .some((given) => given.length === wanted.length && timingSafeEqual(given, wanted));
}

/** Events that were seen; the box repeats what was not answered in time. Keep them in your database. */
const seen = new Set();

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  // The signature is over the bytes as they came: check it before the JSON is parsed.
  const body = Buffer.concat(chunks);
  if (!isGenuine(request.headers['x-webhook-signature'], body)) {
    response.writeHead(401).end();
    return;
  }
  const id = request.headers['x-webhook-id'];
  if (!seen.has(id)) {
    seen.add(id);
    console.log(request.headers['x-webhook-event'], JSON.stringify(JSON.parse(body)));
  }
  // Answer soon, within 15 seconds; do slow work afterwards.
  response.writeHead(204).end();
}).listen(Number(PORT), () => console.log(`listening on port ${PORT}`));
