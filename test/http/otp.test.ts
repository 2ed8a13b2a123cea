import { afterEach, describe, expect, test } from 'vitest';
import { otpSent } from '../../server/contract/v2-otp.ts';
import { phone, runBox, type Answer, type HttpBox, type RunBoxOptions } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const boxes: HttpBox[] = [];
afterEach(async () => {
  for (const box of boxes.splice(0)) await box.close();
});

async function otpBox(options: RunBoxOptions = {}): Promise<HttpBox> {
  const box = await runBox(options);
  boxes.push(box);
  return box;
}

const verify = (box: HttpBox, reference: unknown, pin: unknown, key = box.key) =>
  box.api('POST', '/otp/verify', { reference, pin }, { 'x-api-key': key });

const codeOf = (answer: Answer) => answer.error['code'];

/** A code of as many digits that is not the right one. */
function wrongFor(code: string): string {
  return code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`;
}

describe('sending a one-time code', () => {
  test('answers reference and expiry and never the code', async () => {
    const clock = new ManualClock(Date.UTC(2026, 0, 15, 10, 30));
    const box = await otpBox({ clock });
    const sent = await box.sendOtp({ destination: '081-234-5678', template: 'รหัสยืนยันของคุณคือ {code} (Ref: {ref})' });
    expect(sent.status).toBe(200);
    expect(otpSent.strict().parse(sent.result)).toMatchObject({
      destination: '66812345678',
      expiresAt: '2026-01-15T10:35:00.000Z',
      ttlSeconds: 300,
    });
    expect(sent.result['reference']).toMatch(/^[A-Z0-9]{6}$/u);
    expect(box.otpText(sent.result['reference'])).toMatch(
      new RegExp(`^รหัสยืนยันของคุณคือ \\d{6} \\(Ref: ${String(sent.result['reference'])}\\)$`, 'u'),
    );
  });

  test('shows its message with the code hidden, on the otp lane, for its segments', async () => {
    const box = await otpBox({ credits: 10 });
    const sent = await box.sendOtp({ codeLength: 8 });
    const status = await box.api('GET', `/message/${String(sent.result['uuid'])}`);
    expect(status.result).toMatchObject({ status: 'pending', totalMsisdn: 1, totalCredit: 1 });
    const text = String(status.result['message']);
    expect(text).toContain('••••••••');
    expect(text).toContain(String(sent.result['reference']));
    expect(box.peek.one('SELECT kind, lane FROM message')).toEqual({ kind: 'otp', lane: 0 });
    expect((await box.api('GET', '/message/credit/balance')).result['balance']).toBe(9);
  });

  test.each([
    ['a template without {code}', { template: 'Your code' }, 400, 'validation.failed'],
    ['too short a life', { ttlSeconds: 59 }, 400, 'validation.failed'],
    ['too long a life', { ttlSeconds: 601 }, 400, 'validation.failed'],
    ['too few digits', { codeLength: 3 }, 400, 'validation.failed'],
    ['too many digits', { codeLength: 9 }, 400, 'validation.failed'],
    ['no number', { destination: '02-123-4567' }, 422, 'otp.invalid_destination'],
    ['an unknown sender', { origin: 'OTHER' }, 422, 'sender.not_approved'],
    ['too long a text', { template: `{code}${'ก'.repeat(700)}` }, 422, 'message.too_long'],
  ])('refuses %s and stores nothing', async (_what, fields, status, code) => {
    const box = await otpBox();
    const before = box.peek.counts();
    const answer = await box.sendOtp(fields);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(box.peek.counts()).toEqual(before);
  });

  test('needs a sender name that is approved for codes', async () => {
    const box = await otpBox();
    await box.admin('POST', '/senders', { name: 'ADS', purposes: ['marketing'] });
    const refused = await box.sendOtp({ origin: 'ADS' });
    expect([refused.status, codeOf(refused)]).toEqual([422, 'sender.not_approved']);
    expect(refused.error['message']).toMatch(/approved for marketing only/u);
  });

  test('refuses a blocked number', async () => {
    const box = await otpBox();
    await box.admin('POST', '/blocklist', { numbers: [phone(1)] });
    const refused = await box.sendOtp();
    expect([refused.status, codeOf(refused)]).toEqual([422, 'otp.destination_blocked']);
  });

  test('refuses an account without credits', async () => {
    const box = await otpBox({ credits: 1 });
    expect((await box.sendOtp()).status).toBe(200);
    const refused = await box.sendOtp();
    expect([refused.status, codeOf(refused)]).toEqual([402, 'credit.insufficient']);
    expect(box.peek.one('SELECT COUNT(*) AS n FROM otp')).toEqual({ n: 1 });
  });

  test('needs its scope', async () => {
    const box = await otpBox();
    const key = await box.newKey({ scopes: ['sms:send', 'otp:verify'] });
    const answer = await box.api('POST', '/otp/send', {}, { 'x-api-key': key });
    expect(codeOf(answer)).toBe('auth.insufficient_scope');
  });

  test('gives the same answer again under one Idempotency-Key', async () => {
    const box = await otpBox();
    const body = { destination: phone(1), origin: 'SEPSMS' };
    const once = () => box.api('POST', '/otp/send', body, { 'idempotency-key': 'login 7' });
    const [first, second] = [await once(), await once()];
    expect(second.result).toEqual(first.result);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(box.peek.one('SELECT COUNT(*) AS n FROM otp')).toEqual({ n: 1 });
  });
});

describe('verifying a one-time code', () => {
  test('is right once', async () => {
    const box = await otpBox();
    const { reference } = (await box.sendOtp()).result;
    const code = box.otpCode(reference);
    const right = await verify(box, reference, code);
    expect(right.body).toEqual({ result: { reference, verified: true } });
    const again = await verify(box, reference, code);
    expect([again.status, codeOf(again)]).toEqual([409, 'otp.already_used']);
  });

  test('takes what people type: small letters, spaces, Thai digits', async () => {
    const box = await otpBox();
    const { reference } = (await box.sendOtp()).result;
    const thai = box.otpCode(reference).replaceAll(/\d/gu, (digit) => String.fromCharCode(0x0e50 + Number(digit)));
    const answer = await verify(box, ` ${String(reference).toLowerCase()}`, `${thai.slice(0, 3)} ${thai.slice(3)}`);
    expect(answer.body).toEqual({ result: { reference, verified: true } });
  });

  test('stops at five wrong codes, however they come, and then the right one is refused too', async () => {
    const box = await otpBox();
    const { reference } = (await box.sendOtp()).result;
    const code = box.otpCode(reference);
    const answers = await Promise.all(Array.from({ length: 40 }, () => verify(box, reference, wrongFor(code))));
    const wrong = answers.filter((one) => one.status === 400);
    expect(wrong.map((one) => Number(one.error['attemptsRemaining'])).toSorted((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4,
    ]);
    expect(wrong.every((one) => codeOf(one) === 'otp.invalid_pin')).toBe(true);
    const dead = answers.filter((one) => one.status === 429);
    expect(dead).toHaveLength(35);
    expect(dead.every((one) => codeOf(one) === 'otp.too_many_attempts')).toBe(true);
    const right = await verify(box, reference, code);
    expect([right.status, codeOf(right)]).toEqual([429, 'otp.too_many_attempts']);
  });

  test('counts attempts across a restart', async () => {
    const box = await otpBox();
    const { reference } = (await box.sendOtp()).result;
    const code = box.otpCode(reference);
    for (let left = 4; left >= 2; left -= 1) {
      expect((await verify(box, reference, wrongFor(code))).error['attemptsRemaining']).toBe(left);
    }
    await box.stop();
    const later = await otpBox({ dir: box.dir });
    expect((await verify(later, reference, wrongFor(code))).error['attemptsRemaining']).toBe(1);
    expect((await verify(later, reference, code)).status).toBe(200);
    boxes.splice(boxes.indexOf(box), 1);
  });

  test('lets one of many right ones at once through', async () => {
    const box = await otpBox();
    const { reference } = (await box.sendOtp()).result;
    const code = box.otpCode(reference);
    const answers = await Promise.all(Array.from({ length: 5 }, () => verify(box, reference, code)));
    expect(answers.filter((one) => one.status === 200)).toHaveLength(1);
    expect(answers.filter((one) => codeOf(one) === 'otp.already_used')).toHaveLength(4);
  });

  test('ends with the life of the code', async () => {
    const clock = new ManualClock();
    const box = await otpBox({ clock });
    const { reference } = (await box.sendOtp({ ttlSeconds: 60 })).result;
    const code = box.otpCode(reference);
    await clock.advance(60_000);
    const late = await verify(box, reference, code);
    expect([late.status, codeOf(late)]).toEqual([410, 'otp.expired']);
    await clock.advance(15_000);
    expect(box.peek.one('SELECT sealed_text FROM otp')).toEqual({ sealed_text: null });
  });

  test('leaves an older code of the number good: each reference stands alone', async () => {
    const box = await otpBox();
    const first = (await box.sendOtp()).result['reference'];
    const second = (await box.sendOtp()).result['reference'];
    const [one, two] = [box.otpCode(first), box.otpCode(second)];
    expect((await verify(box, first, one)).status).toBe(200);
    expect((await verify(box, second, two)).status).toBe(200);
  });

  test('knows nothing of other accounts, unknown references and wrong forms', async () => {
    const box = await otpBox();
    await box.admin('POST', '/accounts', { name: 'Other' });
    const other = await box.newKey({ account: 'Other' });
    const { reference } = (await box.sendOtp()).result;
    const foreign = await verify(box, reference, box.otpCode(reference), other);
    expect([foreign.status, codeOf(foreign)]).toEqual([404, 'otp.not_found']);
    const unknown = await verify(box, 'ZZZZZZ', '123456');
    expect([unknown.status, codeOf(unknown)]).toEqual([404, 'otp.not_found']);
    expect((await verify(box, reference, 123_456)).status).toBe(400);
    expect(box.peek.one('SELECT attempts FROM otp')).toEqual({ attempts: 0 });
  });

  test('takes as long for a right code as for a wrong one', async () => {
    const box = await otpBox();
    const took = { right: [] as number[], wrong: [] as number[] };
    for (let round = 0; round < 120; round += 1) {
      const { reference } = (await box.sendOtp({ destination: phone(round) })).result;
      const code = box.otpCode(reference);
      const [kind, pin] = round % 2 === 0 ? (['right', code] as const) : (['wrong', wrongFor(code)] as const);
      const start = performance.now();
      await verify(box, reference, pin);
      took[kind].push(performance.now() - start);
    }
    const [right, wrong] = [median(took.right), median(took.wrong)];
    // One more commit on one of the ways would take about half as long again.
    expect(Math.abs(right - wrong) / Math.min(right, wrong)).toBeLessThan(0.3);
  });
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

describe('limits of one-time codes', () => {
  test('five a minute from one address, whatever the key', async () => {
    const box = await otpBox({ limits: true, clock: new ManualClock() });
    const other = await box.newKey();
    const send = (n: number, key: string) =>
      box.api('POST', '/otp/send', { destination: `6681${n}000000`, origin: 'SEPSMS' }, { 'x-api-key': key });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => send(n, n % 2 === 0 ? box.key : other)));
    expect(answers.filter((one) => one.status === 200)).toHaveLength(5);
    const refused = answers.filter((one) => one.status === 429);
    expect(refused.map(codeOf)).toEqual(['rate_limit.exceeded', 'rate_limit.exceeded', 'rate_limit.exceeded']);
    expect(refused.map((one) => one.headers.get('retry-after'))).toEqual(['60', '60', '60']);
    expect(refused.map((one) => one.headers.get('ratelimit-limit'))).toEqual(['5', '5', '5']);
  });

  test('five to one number in ten minutes, exactly, also across a restart', async () => {
    const clock = new ManualClock();
    const box = await otpBox({ clock });
    await box.admin('PUT', '/settings/limits.otpPerDestination', { value: 5 });
    const answers = await Promise.all(Array.from({ length: 9 }, () => box.sendOtp()));
    expect(answers.filter((one) => one.status === 200)).toHaveLength(5);
    expect(answers.filter((one) => codeOf(one) === 'otp.destination_limited')).toHaveLength(4);
    expect((await box.sendOtp({ destination: phone(2) })).status).toBe(200);
    await clock.advance(9 * 60_000);
    const refused = await box.sendOtp();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    await box.stop();
    boxes.splice(boxes.indexOf(box), 1);
    const later = await otpBox({ clock, dir: box.dir });
    await later.admin('PUT', '/settings/limits.otpPerDestination', { value: 5 });
    expect((await later.sendOtp()).status).toBe(429);
    await clock.advance(60_000);
    expect((await later.sendOtp()).status).toBe(200);
  });

  test('thirty in ten minutes to numbers that differ in the last four digits', async () => {
    const box = await otpBox({ clock: new ManualClock() });
    await box.admin('PUT', '/settings/limits.otpPerPrefix', { value: 30 });
    const answers = await Promise.all(
      Array.from({ length: 34 }, (_, n) => box.sendOtp({ destination: `66812345${String(n).padStart(3, '0')}` })),
    );
    expect(answers.filter((one) => one.status === 200)).toHaveLength(30);
    expect(answers.filter((one) => codeOf(one) === 'otp.destination_limited')).toHaveLength(4);
    expect((await box.sendOtp({ destination: '66812355000' })).status).toBe(200);
  });
});
