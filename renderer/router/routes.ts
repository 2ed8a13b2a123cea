/** The pages: the first part of each address, and how many parts may follow it. */
const shapes = {
  dashboard: { at: '', most: 0 },
  welcome: { at: 'welcome', most: 0 },
  compose: { at: 'compose', most: 0 },
  messages: { at: 'messages', most: 2 },
  campaigns: { at: 'campaigns', most: 1 },
  schedules: { at: 'schedules', most: 2 },
  inbox: { at: 'inbox', most: 2 },
  contacts: { at: 'contacts', most: 2 },
  templates: { at: 'templates', most: 1 },
  senders: { at: 'senders', most: 1 },
  blocklist: { at: 'blocklist', most: 0 },
  links: { at: 'links', most: 0 },
  keys: { at: 'keys', most: 1 },
  webhooks: { at: 'webhooks', most: 2 },
  routes: { at: 'routes', most: 1 },
  carriers: { at: 'carriers', most: 2 },
  credits: { at: 'credits', most: 1 },
  accounts: { at: 'accounts', most: 2 },
  users: { at: 'users', most: 2 },
  audit: { at: 'audit', most: 1 },
  backups: { at: 'backups', most: 1 },
  logs: { at: 'logs', most: 0 },
  settings: { at: 'settings', most: 1 },
  profile: { at: 'profile', most: 0 },
} as const;
export type PageName = keyof typeof shapes;

export interface Place {
  readonly page: PageName | 'unknown';
  /** What follows the page's own part, decoded: `/messages/<uuid>/<txId>` has two. */
  readonly parts: readonly string[];
}

const names = Object.keys(shapes).filter((name): name is PageName => Object.hasOwn(shapes, name));

/** Reads the path of an address. */
export function placeOf(path: string): Place {
  const [at = '', ...rest] = path.split('/').filter((part) => part !== '');
  const page = names.find((name) => shapes[name].at === at);
  const parts = rest.map(decode);
  if (page === undefined || rest.length > shapes[page].most || !parts.every((part) => part !== null)) {
    return { page: 'unknown', parts: [] };
  }
  return { page, parts };
}

/** The path of a page; parts that are null or undefined are left out. */
export function pathTo(page: PageName, ...parts: readonly (string | number | null | undefined)[]): string {
  const given = parts.filter((part) => part !== null && part !== undefined);
  return `/${[shapes[page].at, ...given.map((part) => encodeURIComponent(part))].filter((part) => part !== '').join('/')}`;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
