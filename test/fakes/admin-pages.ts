import { call, type Answer, type HttpBox } from './box.ts';

export const password = 'correct horse battery';
const page = { 'x-requested-with': 'sepsms-box' };

/** A browser with the admin pages: it keeps the cookie that it is given. */
export class AdminPages {
  readonly #box: HttpBox;
  cookie = '';

  constructor(box: HttpBox) {
    this.#box = box;
  }

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await call(`${this.#box.url}/api/admin${path}`, method, body, { ...page, cookie: this.cookie });
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
    return answer;
  }

  /** Uploads a file as the pages do. */
  async upload(path: string, bytes: Uint8Array | string): Promise<Answer> {
    const headers = { ...page, cookie: this.cookie, 'content-type': 'application/octet-stream' };
    return await call(`${this.#box.url}/api/admin${path}`, 'POST', Buffer.from(bytes), headers);
  }

  /** Signs in with the usual password, and a code where one is given. */
  signIn(user: string, more: { readonly password?: string; readonly code?: string } = {}): Promise<Answer> {
    return this.call('POST', '/session', { user, password, ...more });
  }

  /** Status of a question that any signed-in person may ask. */
  async isIn(): Promise<boolean> {
    return (await this.call('GET', '/session')).status === 200;
  }
}

/** New pages in which a user of a role has just signed in; the user is made when there is none. */
export async function pagesOf(box: HttpBox, user: string, role = 'admin'): Promise<AdminPages> {
  await box.admin('POST', '/users', { name: user, password, role });
  const pages = new AdminPages(box);
  const answer = await pages.signIn(user);
  if (answer.status !== 200) throw new Error(`no sign-in: ${String(answer.error['code'])}`);
  return pages;
}
