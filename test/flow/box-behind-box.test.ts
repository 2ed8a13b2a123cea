import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { runBox, type HttpBox } from '../fakes/box.ts';
import { FastClock } from './fast-clock.ts';

/** Numbers whose last two digits tell the simulated network what to do. */
const good = '66812345601';
const fails = '66812345699';

const clock = new FastClock();
let front: HttpBox;
let back: HttpBox;

beforeAll(async () => {
  [front, back] = await Promise.all([runBox({ clock, credits: 100 }), runBox({ clock, credits: 100 })]);
  await back.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
});
afterAll(() => Promise.all([front.close(), back.close()]));

interface Carrier {
  readonly id: number;
  readonly state: string;
  readonly reason: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

async function carriers(): Promise<Carrier[]> {
  return (await front.admin('GET', '/carriers')).body['items'] as Carrier[];
}

async function addUpstream(fields: Readonly<Record<string, unknown>> = {}): Promise<Carrier> {
  const form = { kind: 'upstream', url: back.url, key: back.key, idempotent: true, allowHost: true };
  const added = await front.admin('POST', '/carriers', { ...form, ...fields });
  expect(added.status, JSON.stringify(added.body)).toBe(200);
  const { id } = added.body as unknown as Carrier;
  onTestFinished(async () => {
    await front.admin('DELETE', `/carriers/${id}`);
  });
  const found = async () => (await carriers()).find((carrier) => carrier.id === id);
  await expect.poll(async () => (await found())?.state).toBe('ready');
  return (await found()) as Carrier;
}

async function summaryOf(box: HttpBox, uuid: string): Promise<unknown> {
  return (await box.api('GET', `/message/${uuid}`)).result['drSummary'];
}

describe('reports that are asked for', () => {
  test('a message, its delivery and a failure travel through both boxes', async () => {
    await addUpstream();
    const text = 'สวัสดีคุณลูกค้า รับส่วนลด 10% วันนี้ ที่ร้านของเราทุกสาขา ตั้งแต่วันนี้จนถึงสิ้นเดือน ขอบคุณค่ะ';
    const sent = await front.send({ message: text, recipients: [good, fails] });
    const uuid = String(sent.result['uuid']);
    await expect
      .poll(() => summaryOf(front, uuid), { timeout: 20_000 })
      .toEqual([
        { drStatus: 'success', count: 1 },
        { drStatus: 'failed', count: 1 },
      ]);
    const behind = back.peek.all<{ text: string; origin: string }>('SELECT text, origin FROM message');
    expect(behind).toEqual([
      { text, origin: 'SEPSMS' },
      { text, origin: 'SEPSMS' },
    ]);
    const page = await front.api('GET', `/message/${uuid}/recipients`);
    const items = page.result['items'] as Record<string, unknown>[];
    expect(items).toEqual([
      expect.objectContaining({ msisdn: good, drStatus: 'success', carrier: 'Upstream', refunded: false }),
      expect.objectContaining({ msisdn: fails, drStatus: 'failed', refunded: true }),
    ]);
  });
});
