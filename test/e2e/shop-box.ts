import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBox } from '../../server/app.ts';
import type { RunningServer } from '../../server/index.ts';
import { systemRandom } from '../../server/platform/crypto.ts';
import { quiet } from '../fakes/box.ts';
import { FarEnd } from '../fakes/far-end.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { FakeMachine } from '../fakes/modem-machine.ts';
import { AdminSession } from './furnish.ts';
import { answers, campaignText, customer, customerFile, notes, templates, typedFile } from './shop-words.ts';

const hour = 3_600_000;
const shopHours = 27;

/** Whose shop it is. */
export const owner = { user: 'admin', password: 'two eggs and a cup of flour' };

export interface ShopBox {
  readonly box: RunningServer;
  /** A message to several, one of them with a long story. */
  readonly message: string;
  stop(): Promise<void>;
}

/** A demonstration box as a cake shop has it after some weeks: its last day is lived through, then its clock stands still. */
export async function openShop(uiDir: string): Promise<ShopBox> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sepsms-box-shop-'));
  const clock = new ManualClock(Math.floor((Date.now() - shopHours * hour) / hour) * hour);
  const box = await buildBox(
    { dataDir, host: '127.0.0.1', port: 0, logLevel: 'silent', uiDir },
    { clock, random: systemRandom, log: quiet, machine: new FakeMachine() },
  );
  await firstSteps(box);
  const till = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(till, 'listening');
  const { port } = till.address() as AddressInfo;
  const shop = new Shop(box, clock, await AdminSession.open(box, owner), `http://127.0.0.1:${port}/sms`);
  await shop.settleIn();
  await shop.liveThroughDay();
  const message = await shop.present();
  return {
    box,
    message,
    stop: async () => {
      // What it waits for at the end is a matter of seconds, which this clock does not count by itself.
      const stopped = box.stop();
      await clock.advance(30_000);
      await stopped;
      till.closeAllConnections();
      till.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The first administrator is made with the code that the box shows at its first start. */
async function firstSteps(box: RunningServer): Promise<void> {
  const response = await fetch(`${box.address.url}/api/admin/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-requested-with': 'sepsms-box' },
    body: JSON.stringify({ code: box.setupCode, ...owner }),
  });
  if (!response.ok) throw new Error(`set-up: ${await response.text()}`);
}

class Shop {
  readonly #box: RunningServer;
  readonly #clock: ManualClock;
  #admin: AdminSession;
  readonly #webhook: string;
  #customers = 0;
  #key = '';
  #far: FarEnd | undefined;

  constructor(box: RunningServer, clock: ManualClock, admin: AdminSession, webhook: string) {
    this.#box = box;
    this.#clock = clock;
    this.#admin = admin;
    this.#webhook = webhook;
  }

  /** Everything that is set up once. */
  async settleIn(): Promise<void> {
    const admin = this.#admin;
    await admin.call('POST', '/carriers', { kind: 'simulator', name: 'SIM 1 office' });
    await admin.call('POST', '/credits', { amount: 25_000, note: 'Invoice 2026-114' });
    await admin.call('POST', '/senders', { name: 'BLOOMBAKE' });
    await admin.call('POST', '/senders/request', { name: 'BLOOM VIP' });
    await admin.call('POST', '/accounts', { name: 'Catering' });
    await admin.call('POST', '/credits', { account: 'Catering', amount: 4_000, note: 'First credits' });
    await admin.call('PATCH', '/accounts/Main', { lowCreditThreshold: 2_000 });
    for (const name of ['SIM 2 counter', 'SIM 3 kitchen'])
      await admin.call('POST', '/carriers', { kind: 'simulator', name });
    this.#far = await FarEnd.of(this.#around(), this.#clock, 'SEPSMS Cloud');
    const made = Object(await admin.call('POST', '/keys', { name: 'Online shop' })) as { readonly key: string };
    this.#key = made.key;
    await admin.call('POST', '/keys', { name: 'Till' });
    await admin.call('POST', '/users', { name: 'somying', password: 'cake and tea at four', role: 'operator' });
    await admin.call('POST', '/users', { name: 'accounting', password: 'cake and tea at four', role: 'viewer' });
    await admin.call('POST', '/links', { hosts: ['bloombake.example', 'line.me'] });
    await admin.call('POST', '/blocklist', { numbers: [5, 6, 7].map((n) => customer(900 + n).msisdn) });
    await admin.call('POST', '/orders', { credits: 10_000, note: 'For the new year' });
    await admin.call('POST', '/webhooks', { url: this.#webhook, events: 'all', allowHost: true });
    await this.#addressBook();
    await this.#rules();
  }

  async #addressBook(): Promise<void> {
    const admin = this.#admin;
    await admin.call('POST', '/groups', { name: 'ลูกค้าประจำ' });
    await admin.call('POST', '/groups', { name: 'สั่งเค้กวันเกิด' });
    await admin.upload('/imports?fileName=till-november.csv', customerFile(0, 640));
    await admin.call('PATCH', '/imports/1', { groups: [1] });
    await admin.call('POST', '/imports/1/start');
    await this.#clock.advance(20_000);
    await admin.upload('/imports?fileName=birthday-cakes.csv', typedFile);
    const { name, msisdn, branch, points } = customer(1_700);
    const fields = { สาขา: branch, แต้ม: String(points) };
    await admin.call('POST', '/contacts', { msisdn, name, fields, groups: [2], note: 'ชอบเค้กส้ม ไม่ใส่ถั่ว' });
    for (const template of templates) await admin.call('POST', '/templates', template);
  }

  async #rules(): Promise<void> {
    const admin = this.#admin;
    const share = [1, 2, 3].map((carrierId) => ({ carrierId, weight: 4 - carrierId }));
    await admin.call('POST', '/routes', {
      name: 'One-time codes first',
      purpose: 'otp',
      carriers: [{ carrierId: 1 }, { carrierId: 4 }],
    });
    await admin.call('POST', '/routes', { name: 'Everything else', mode: 'share', carriers: share });
    await admin.call('POST', '/keywords', {
      name: 'ที่อยู่ร้าน',
      match: 'contains',
      keywords: ['ที่อยู่', 'อยู่ไหน'],
      reply: 'สาขาอารีย์ ซอย 4 เปิดทุกวัน 9.00–20.00 น. ค่ะ',
    });
    await admin.call('POST', '/keywords', {
      name: 'โปรโมชัน',
      match: 'contains',
      keywords: ['โปร'],
      forwardTo: customer(800).msisdn,
    });
    await admin.call('POST', '/schedules', {
      name: 'เปิดรับออร์เดอร์วันศุกร์',
      cron: '0 9 * * 5',
      groups: [1],
      text: campaignText,
      missing: 'blank',
    });
  }

  /** A day of single messages and codes: few at night, many around noon, and customers who answer. */
  async liveThroughDay(): Promise<void> {
    for (let passed = 0; passed < shopHours; passed += 1) {
      const busy = 1 + Math.round(5 * Math.sin((Math.PI * (((passed + 9) % 24) + 1)) / 25) ** 2);
      for (let n = 0; n < busy; n += 1) {
        await this.#sendNote(passed + n);
        await this.#sendCode();
        await this.#pass((hour / busy) * 0.8);
      }
      if (passed % 3 === 0) await this.#hear(passed / 3);
      await this.#pass(hour * 0.2);
    }
  }

  /** Lets the carriers do what was just asked of them, and time go by without what they do while nothing happens. */
  async #pass(time: number): Promise<void> {
    const worked = Math.min(time, 15_000);
    await this.#clock.advance(worked);
    this.#clock.jump(time - worked);
  }

  /** What goes on at the moment of the picture. @returns a message to look at. */
  async present(): Promise<string> {
    this.#clock.jump(Date.now() - this.#clock.now());
    // The session of the morning has ended.
    this.#admin = await AdminSession.open(this.#box, owner);
    const admin = this.#admin;
    await admin.call('POST', '/carriers/3/operate', { kind: 'trouble', troubles: ['no-signal'] });
    await admin.call('POST', '/campaigns', {
      name: 'กล่องของขวัญปีใหม่',
      text: campaignText,
      groups: [1],
      missing: 'blank',
    });
    await this.#clock.advance(20_000);
    const to = [21, 22, 23, 24].map((n) => customer(n).msisdn);
    const message = await this.#send('เค้กส้ม 2 ปอนด์ของคุณพร้อมรับแล้วค่ะ ร้านเปิดถึง 20.00 น.', to);
    await this.#clock.advance(15_000);
    await this.#hear(7);
    return message;
  }

  async #sendNote(n: number): Promise<void> {
    this.#customers += 1;
    // Every fifth goes to all who ordered the same.
    const count = n % 5 === 0 ? 12 + (n % 7) * 3 : 1;
    const to = Array.from({ length: count }, (_, index) => customer(this.#customers + index * 3).msisdn);
    await this.#send(notes[n % notes.length] ?? '', to);
  }

  async #send(message: string, recipients: readonly string[]): Promise<string> {
    const answer = await this.#post('/message/send', { origin: 'BLOOMBAKE', message, recipients });
    return /"uuid":"([^"]+)"/u.exec(answer)?.[1] ?? '';
  }

  async #sendCode(): Promise<void> {
    this.#customers += 1;
    const template = 'รหัสยืนยันสมาชิก Bloom & Bake คือ {code} (Ref: {ref})';
    await this.#post('/otp/send', { destination: customer(this.#customers).msisdn, origin: 'BLOOMBAKE', template });
  }

  async #hear(n: number): Promise<void> {
    await this.#far?.text(`66${customer(this.#customers - 1).msisdn.slice(1)}`, answers[n % answers.length] ?? '');
    await this.#clock.advance(5_000);
  }

  async #post(path: string, body: unknown): Promise<string> {
    const headers = { 'content-type': 'application/json', 'x-api-key': this.#key };
    const url = `${this.#box.address.url}/api/v2${path}`;
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return text;
  }

  #around() {
    const { url } = this.#box.address;
    const admin = async (method: string, path: string, body: unknown) => ({
      body: Object(await this.#admin.call(method, path, body)) as Readonly<Record<string, unknown>>,
    });
    return { url, admin };
  }
}
