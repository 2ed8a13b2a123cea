import type { RunningServer } from '../../server/index.ts';
import { furnishPeople } from './furnish-people.ts';
import { demoOf, sendMessage } from './ui-bench.ts';

/** Markup that a page must show as the text that it is. */
export const markup = '<img src=x onerror="document.title=\'broken\'"><b>bold</b>';

interface Person {
  readonly user: string;
  readonly password: string;
}

/** A session of the demonstration's administrator, or of somebody else, for what a test does without the pages. */
export class AdminSession {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  static async open(box: RunningServer, { user, password }: Person = demoOf(box)): Promise<AdminSession> {
    const response = await fetch(`${box.address.url}/api/admin/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'sepsms-box' },
      body: JSON.stringify({ user, password }),
    });
    const [cookie = ''] = response.headers.getSetCookie();
    return new AdminSession(box.address.url, cookie.split(';')[0] ?? '');
  }

  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/admin${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-requested-with': 'sepsms-box', cookie: this.#cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return await response.json();
  }

  /** Gives the box a file. */
  async upload(path: string, text: string): Promise<void> {
    const headers = {
      'content-type': 'application/octet-stream',
      'x-requested-with': 'sepsms-box',
      cookie: this.#cookie,
    };
    const response = await fetch(`${this.#url}/api/admin${path}`, { method: 'POST', headers, body: text });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  }
}

/** Something on every page: names and texts have markup in them. */
export async function furnish(box: RunningServer): Promise<AdminSession> {
  const admin = await AdminSession.open(box);
  await sendMessage(box, `Hello ${markup}`, ['0812345678']);
  await sendMessage(box, 'To several', ['0812345678', '0898765432']);
  await admin.call('POST', '/accounts', { name: markup });
  await admin.call('POST', '/keys', { name: markup });
  await admin.call('POST', '/senders/request', { name: 'SHOP' });
  await admin.call('POST', '/blocklist', { numbers: ['0811111111'] });
  await admin.call('POST', '/links', { hosts: ['shop.example.com'] });
  await admin.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/hook', events: 'all', allowHost: true });
  await admin.call('POST', '/orders', { credits: 500, note: markup });
  await admin.call('POST', '/users', { name: 'viola', password: 'only looks at things', role: 'viewer' });
  await admin.call('POST', '/groups', { name: markup });
  await admin.call('POST', '/contacts', { msisdn: '0812345678', name: markup, groups: [1] });
  await admin.call('POST', '/campaigns', { name: markup, text: `Hi {name} ${markup}`, groups: [1], missing: 'blank' });
  await admin.call('POST', '/schedules', { name: markup, text: `Hi ${markup}`, groups: [1], cron: '0 9 * * 1-5' });
  await admin.call('POST', '/carriers', { kind: 'simulator', name: 'SIM 2' });
  await admin.call('POST', '/routes', { name: markup, purpose: 'otp', carriers: [{ carrierId: 1 }, { carrierId: 2 }] });
  await admin.call('POST', '/keywords', {
    name: markup,
    match: 'contains',
    keywords: ['price', 'ราคา'],
    reply: `Our prices ${markup}`,
    forwardTo: '0898765432',
  });
  await admin.call('POST', '/keywords', { name: 'Night', match: 'any', hours: '18:00-08:00', account: 'Main' });
  await admin.call('POST', '/routes', {
    name: 'Night',
    hours: '22:00-06:00',
    enabled: false,
    mode: 'share',
    carriers: [
      { carrierId: 1, weight: 3 },
      { carrierId: 2, weight: 1 },
    ],
  });
  await furnishPeople(admin, markup);
  return admin;
}
