/** Figures of the address book: searching 200,000 contacts, importing 50,000 lines. `node test/bench/address-book.ts` */
import { rmSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { HttpBox, phone } from '../fakes/box.ts';
import { xlsx } from '../fakes/xlsx.ts';

const given = ['สมชาย', 'สมหญิง', 'Ann', 'Ben', 'Somchai', 'Malee', 'วิชัย', 'Lee', 'นภา', 'Chai'];
const family = ['ใจดี', 'Lee', 'Wong', 'ทองดี', 'Smith', 'แสงจันทร์', 'Chan', 'ศรีสุข', 'Brown', 'Tan'];
const nameOf = (n: number) => `${given[n % 10] ?? ''} ${family[Math.floor(n / 10) % 10] ?? ''} ${n}`;

function csv(from: number, count: number): string {
  const lines = Array.from({ length: count }, (_, n) => `${phone(from + n)},${nameOf(from + n)},Bangkok,${n}`);
  return `mobile,name,city,points\n${lines.join('\n')}\n`;
}

async function upload(box: HttpBox, bytes: Uint8Array): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${box.cliToken}` };
  const response = await fetch(`${box.url}/api/admin/imports`, {
    method: 'POST',
    headers,
    body: new Uint8Array(bytes),
  });
  return (await response.json()) as Record<string, unknown>;
}

/** Longest turn of the event loop during `work`, and how long it took. */
async function watched(what: string, work: () => Promise<void>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const from = performance.now();
  await work();
  const took = performance.now() - from;
  delay.disable();
  const ms = (nanos: number) => (nanos / 1e6).toFixed(1);
  console.log(
    `${what}: ${(took / 1000).toFixed(2)} s, longest turn ${ms(delay.max)} ms, 99.9 % ${ms(delay.percentile(99.9))} ms`,
  );
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
}

async function rested(box: HttpBox, id: unknown): Promise<void> {
  for (;;) {
    const { body } = await box.admin('GET', `/imports/${String(id)}`);
    if (body['state'] !== 'running') return;
    await pause();
  }
}

async function take(box: HttpBox, what: string, bytes: Uint8Array): Promise<void> {
  let id: unknown;
  await watched(`${what}: read and judged`, async () => {
    id = (await upload(box, bytes))['id'];
  });
  await watched(`${what}: taken in`, async () => {
    await box.admin('POST', `/imports/${String(id)}/start`);
    await rested(box, id);
  });
}

async function search(box: HttpBox, q: string, group = ''): Promise<void> {
  const path = `/contacts?limit=50&q=${encodeURIComponent(q)}${group}`;
  const times: number[] = [];
  let found = 0;
  for (let n = 0; n < 30; n += 1) {
    const from = performance.now();
    found = ((await box.admin('GET', path)).body['items'] as unknown[]).length;
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  console.log(`${path}: ${found} found, half in ${times[15]?.toFixed(1)} ms, 29 of 30 in ${times[28]?.toFixed(1)} ms`);
}

const box = await HttpBox.run({});
try {
  await take(box, 'CSV of 50,000 lines', Buffer.from(csv(0, 50_000)));
  const rows = Array.from({ length: 50_000 }, (_, n) => [phone(50_000 + n), nameOf(50_000 + n), 'Bangkok', n]);
  await take(box, 'XLSX of 50,000 lines', xlsx([['mobile', 'name', 'city', 'points'], ...rows]));
  await box.admin('POST', '/groups', { name: 'VIP' });
  await take(box, 'CSV of 100,000 lines', Buffer.from(csv(100_000, 100_000)));
  await box.admin('POST', '/groups/1/members', { add: Array.from({ length: 1_000 }, (_, n) => 1 + n * 199) });
  for (const q of ['', 'lee', 'สมชาย ใจดี', 'ใจ', '0800012', 'smith 19999', 'zzz', 'an wo 1']) await search(box, q);
  for (const q of ['', 'lee', '0800012', 'smith 19999']) await search(box, q, '&group=1');
  await watched('campaign to 50,000, each with a Thai text of its own', async () => {
    await box.admin('POST', '/credits', { amount: 1_000_000 });
    const text = 'สวัสดีคุณ {name} คุณมี {points} คะแนน ใช้ได้ที่สาขา {city} วันนี้เท่านั้น ขอบคุณที่ใช้บริการกับเรา';
    await box.admin('POST', '/campaigns', { name: 'Bench', text, importId: 2 });
    for (;;) {
      const { body } = await box.admin('GET', '/campaigns/1');
      if (body['state'] !== 'preparing') break;
      await pause();
    }
  });
  await watched('export of 200,000', async () => {
    const headers = { authorization: `Bearer ${box.cliToken}` };
    await (await fetch(`${box.url}/api/admin/contacts/export`, { headers })).arrayBuffer();
  });
} finally {
  await box.stop();
  rmSync(box.dir, { recursive: true, force: true });
}
