import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { upstreamKind } from '../../../server/carrier-kinds/upstream-kind.ts';
import { fillRequest } from '../../../server/carriers/upstream/template.ts';
import { providerMapping } from '../../../server/contract/provider-mapping.ts';
import type { Carrier, CarrierCall, CarrierHost } from '../../../server/domain/carrier.ts';
import { KeyRing } from '../../../server/platform/crypto.ts';
import type { ProviderAnswer } from '../../../server/platform/provider-client.ts';
import type { KindWorld } from '../../../server/carrier-kinds/kind.ts';
import { quiet } from '../../fakes/box.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { noProviders } from '../../fakes/no-providers.ts';
import { boxId, submission } from './rig.ts';
import { uuid } from './sepsms-answers.ts';

const options = { seed: 20_260_115, numRuns: 300 };
const keys = new KeyRing(new Uint8Array(32).fill(7));
const providers = ['sepsms', 'twilio', 'vonage', 'infobip'] as const;

/** A carrier whose provider answers with whatever comes next; what it tells the host is kept. */
async function carrierOf(provider: (typeof providers)[number], answers: () => ProviderAnswer) {
  const told: unknown[] = [];
  const note = (each: unknown) => {
    told.push(each);
    return Promise.resolve();
  };
  const host: CarrierHost = { report: note, inbound: note, changed: () => {} };
  const config = { provider, url: 'https://fuzz.example', user: 'u', key: keys.seal('k'), idempotent: true };
  const resting = upstreamKind.resting.parse(config);
  const record = { id: 1, name: 'Fuzz', kind: 'upstream', config: '', enabled: 1, paused_at: null } as const;
  const carrier: Carrier = upstreamKind.create(record, resting, host, {
    ...noProviders,
    store: {} as KindWorld['store'],
    modems: {} as KindWorld['modems'],
    sealer: keys,
    clock: new ManualClock(),
    random: { bytes: (n) => new Uint8Array(n), fraction: () => 0 },
    log: quiet,
    boxId: () => boxId,
    askProvider: () => Promise.resolve(answers()),
  });
  return { carrier, told };
}

const words = ['0', '1', '4', 'PENDING', 'delivered', 'queued', 'success', 'failed', uuid, '', 'x'.repeat(300)];
const names =
  'result uuid blockedCount drSummary drStatus count items msisdn clientRef success error code message balance messages status message-id messageId groupName results sid __proto__ constructor'.split(
    ' ',
  );
const leaf = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ maxLength: 20 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const tree = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 6 }),
  ),
})).any;
const text = fc.oneof(
  tree.map((value) => JSON.stringify(value)),
  fc.string({ maxLength: 200, unit: 'binary' }),
  fc.constant('['.repeat(50_000)),
  fc.constant(`{"result":{"items":[${'{},'.repeat(5_000)}{}]}}`),
);
const providerAnswer: fc.Arbitrary<ProviderAnswer> = fc.oneof(
  fc.record({
    kind: fc.constant('answered' as const),
    status: fc.constantFrom(200, 201, 204, 301, 400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503, 599),
    headers: fc.dictionary(
      fc.constantFrom('retry-after', 'ratelimit-remaining', 'ratelimit-reset', 'content-type'),
      fc.oneof(
        fc.string({ maxLength: 12 }),
        fc.constantFrom('0', '7', '-1', '9'.repeat(400), 'Wed, 21 Oct 2026 07:28:00 GMT'),
      ),
    ),
    text,
  }),
  fc.record({ kind: fc.constant('unsent' as const), problem: fc.string({ maxLength: 20 }), refused: fc.boolean() }),
  fc.record({ kind: fc.constant('unanswered' as const), problem: fc.string({ maxLength: 20 }) }),
);

const kinds = ['accepted', 'rejected', 'retry', 'uncertain'];

test('whatever a provider answers, every question ends in an outcome, and nothing is thrown', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...providers), fc.infiniteStream(providerAnswer), async (provider, stream) => {
      const answers = () => stream.next().value as ProviderAnswer;
      const { carrier } = await carrierOf(provider, answers);
      await carrier.start();
      await carrier.operate?.({ kind: 'probe' });
      const sent = submission();
      for (let n = 0; n < 3; n += 1) {
        const outcome = await carrier.submit(sent);
        expect(kinds).toContain(outcome.kind);
        if (outcome.kind === 'accepted') expect(outcome.reference).toMatch(/^[^]{1,255}$/u);
        if (outcome.kind === 'retry') expect(outcome.afterMs ?? 0).toBeLessThanOrEqual(600_000);
        const known = await carrier.query?.(sent);
        expect([...kinds, undefined]).toContain(known?.kind);
        const report = await carrier.ask?.({ reference: 'r', msisdn: '66812345678', origin: 'SHOP', handedAt: 0 });
        if (report !== null && report !== undefined) expect(report.reference).toBe('r');
      }
      expect(typeof carrier.status().reason).toBe('string');
      await carrier.stop();
    }),
    options,
  );
});

const carrierCall: fc.Arbitrary<CarrierCall> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  query: fc.dictionary(
    fc.constantFrom('messageId', 'status', 'sig', 'msisdn', '__proto__'),
    fc.string({ maxLength: 20 }),
  ),
  headers: fc.dictionary(
    fc.constantFrom('content-type', 'x-webhook-signature', 'x-webhook-event', 'x-twilio-signature'),
    fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('application/json', 'dr.success', 't=1,v1=0', 'sms.received'),
    ),
  ),
  body: fc.oneof(
    text.map((each) => new TextEncoder().encode(each)),
    fc.uint8Array({ maxLength: 200 }),
  ),
});

test('whatever a provider calls, it is answered, and what it tells is bounded', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...providers), carrierCall, async (provider, request) => {
      const { carrier, told } = await carrierOf(provider, () => ({ kind: 'unanswered', problem: 'x' }));
      const given = await carrier.callback?.(request);
      expect([200, 204, 404]).toContain(given?.status);
      expect(told.length).toBeLessThanOrEqual(1_000);
      // Nobody knows the secrets of these two.
      if (provider === 'sepsms' || provider === 'twilio') expect([given?.status, told]).toEqual([404, []]);
    }),
    options,
  );
});

test('whatever is given as a mapping, it is taken or refused, and one that is taken sends to its own host', () => {
  const requestUrl = fc.oneof(
    fc.constantFrom(
      '{url}/a',
      'https://a.example/{to}',
      'https://a.example',
      'https://{to}',
      'http://a.example:80?x={text}',
    ),
    fc.string({ maxLength: 30 }),
  );
  const mapping = fc.record({
    name: fc.string({ maxLength: 70 }),
    send: fc.record({
      request: fc.record({
        method: fc.constantFrom('GET', 'POST'),
        url: requestUrl,
        body: fc.constantFrom(undefined, {
          type: 'json',
          value: { a: ['{text}', '{callbackUrl}', { b: '{callbackUrl}' }] },
        }),
      }),
      reference: fc.oneof(fc.constant(undefined), fc.string({ maxLength: 20 }), fc.constant('/a/~0b/~1c')),
    }),
  });
  fc.assert(
    fc.property(fc.oneof(tree, mapping), fc.string({ maxLength: 40, unit: 'binary' }), (given, hostile) => {
      const parsed = providerMapping.safeParse(given);
      if (!parsed.success) return;
      const { request } = parsed.data.send;
      const filled = fillRequest(request, { url: 'https://base.example', to: hostile, text: hostile, from: hostile });
      const origin = request.url.startsWith('{url}')
        ? 'https://base.example'
        : new URL(request.url.replaceAll(/[{}]/gu, '')).origin;
      expect(new URL(filled.url).origin).toBe(origin);
      if (filled.body !== null) expect(() => JSON.parse(filled.body ?? '')).not.toThrow();
    }),
    options,
  );
});
