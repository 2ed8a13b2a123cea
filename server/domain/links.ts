import { isTopLevel } from './top-level-domains.ts';

/** A link in a text: the host that it leads to. */
export interface Link {
  /** Lower case, other scripts in their ASCII form (`xn--…`); what hosts are compared by. */
  readonly host: string;
  /** As it stands in the text. */
  readonly shown: string;
}

const latin = '[\\p{Script=Latin}0-9_-]+';
const otherLetters = '(?:(?![\\p{Script=Latin}0-9])[\\p{L}\\p{M}\\p{N}])+';
const label = `(?:${latin}|${otherLetters})`;
/**
 * Labels with dots between them. A label ends where the script changes, so that a link is found when Thai stands right
 * before or after it. It never backtracks: everything after the first character is optional.
 */
const word = new RegExp(`${label}(?:\\.${label})*`, 'gu');
const path = /(?::\d{1,5})?(?:[/?#\\][!-~]*)?/uy;
const userInfo = /[!-.0->@-[\]-~]*@/uy;
const longestUserInfo = 300;
const bracketed = /:\/\/(\[[0-9a-f:.]{2,45}\])/giu;
const emailBefore = /[\w.%+-]@$/u;
const fourOctets = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/u;

/**
 * The links in a text, each host once: what has a scheme, what begins with `www.`, and bare names under a known
 * top-level domain, as phones make them tappable. Prices, versions and addresses of e-mail are none. Takes time in
 * proportion to the text.
 */
export function findLinks(text: string): Link[] {
  if (!text.includes('.') && !text.includes('://')) return [];
  const found = new Map<string, Link>();
  const add = (shown: string) => {
    const link = { host: asciiHost(shown), shown };
    if (!found.has(link.host)) found.set(link.host, link);
  };
  for (const [, address = ''] of text.matchAll(bracketed)) add(address);
  for (let at = 0; ;) {
    const next = matchFrom(word, text, at);
    if (next === null) return [...found.values()];
    const { start, found: written } = next;
    const host = hostOf(text, start, written);
    at = start + (host ?? written).length;
    if (host === null) continue;
    add(host.replace(/^[-_]+|[-_]+$/gu, ''));
    at += matchAt(path, text, at).length;
  }
}

/** The host that a written word is; null when it is none. */
function hostOf(text: string, start: number, written: string): string | null {
  // Before `user:password@` stands no host, but after it.
  if (isInAuthority(text, start)) return matchAt(userInfo, text, start) === '' ? written : null;
  const after = text.charAt(start + written.length);
  const isEmail = after === '@' || emailBefore.test(text.slice(Math.max(0, start - 2), start));
  if (isEmail) return null;
  const labels = written.split('.');
  if (labels.length < 2) return null;
  if (labels[0]?.toLowerCase() === 'www') return written;
  if (fourOctets.test(written)) return after === '/' || after === ':' ? written : null;
  const end = labels.findLastIndex((one, index) => index > 0 && isTopLevel(one.replace(/[-_]+$/u, '')));
  if (end < 1) return null;
  return beginsSentence(labels[end] ?? '', labels[end + 1]) ? labels.slice(0, end + 1).join('.') : written;
}

/** Whether the label after a top-level domain begins the next sentence: `example.com.Thank you`, `example.com.ขอบคุณ`. */
function beginsSentence(topLevel: string, next: string | undefined): boolean {
  if (next === undefined) return false;
  if (!/^[\p{Script=Latin}0-9_-]/u.test(next)) return true;
  return /^\p{Lu}/u.test(next) && !/\p{Lu}/u.test(topLevel);
}

/** Whether a place is right after `https://`, or after `https://user@`. */
function isInAuthority(text: string, start: number): boolean {
  const last = text.charAt(start - 1);
  if (last !== '/' && last !== '@') return false;
  const before = text.slice(Math.max(0, start - longestUserInfo), start);
  const scheme = before.lastIndexOf('://');
  if (scheme < 1 || !/[a-z0-9+.-]/iu.test(before.charAt(scheme - 1))) return false;
  return /^(?:[!-.0->@-[\]-~]*@)?$/u.test(before.slice(scheme + 3));
}

function matchFrom(pattern: RegExp, text: string, at: number): { start: number; found: string } | null {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null ? null : { start: match.index, found: match[0] };
}

/** What a sticky pattern finds right at a place; empty when it does not fit there. */
function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function asciiHost(host: string): string {
  const url = `http://${host}`;
  return (URL.canParse(url) ? new URL(url).hostname : host.toLowerCase()).replace(/\.$/u, '');
}

/** Services that hide where a link leads. */
const shorteners = `
0rz.tw 1url.com 2u.pw adf.ly bc.vc bit.do bit.ly bitly.com bitly.ws bl.ink buff.ly clck.ru cli.gs cutt.ly cutt.us cutly.biz
da.gd db.tt dlvr.it fb.me flip.it gg.gg goo.by goo.gl goo.su gourl.es hyperurl.co ift.tt is.gd j.mp kutt.it lc.cx lihi.cc
lihi1.cc lihi1.com lihi2.com lihi3.com lin.ee linkd.in lnk.to lnkd.in lnkiy.in mcaf.ee n9.cl ow.ly p.ly picsee.io po.st ppt.cc
pse.is psee.io qr.ae qrco.de rb.gy rebrand.ly reurl.cc s.id s.ee s2r.co short.gy short.io shorte.st shorturl.asia shorturl.at
shorturl.com shrtco.de shrtm.nu smarturl.it snip.ly soo.gd t.co t.ly t2m.io tiny.cc tiny.one tinyarrows.com tinyurl.asia
tinyurl.com tr.ee tr.im trib.al tny.im u.to ulvis.net url.ie urlz.fr urlzs.com v.gd vo.la x.co x.gd yourls.org zpr.io zws.im`
  .trim()
  .split(/\s+/u);

/** Hosts of URL shorteners, with those that the box's owner adds; a `.` before them takes in what lies below. */
export function shortenerHosts(more: readonly string[]): ReadonlySet<string> {
  const added = more.map((written) => parseLinkHost(written)).filter((host) => host !== null);
  return new Set([...shorteners, ...added].map((host) => (host.startsWith('.') ? host : `.${host}`)));
}

/** Whether a host is in a list: itself, or below an entry that begins with a dot, which names the host after it too. */
export function isListed(host: string, list: ReadonlySet<string>): boolean {
  if (list.has(host) || list.has(`.${host}`)) return true;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    if (list.has(host.slice(dot))) return true;
  }
  return false;
}

/**
 * A host for a list, from what a person writes: `example.com` for it alone, `.example.com` or `*.example.com` for it and
 * all below it; a whole URL will do. Null when it names no host with a dot in it.
 */
export function parseLinkHost(written: string): string | null {
  const bare = written.trim().replace(/^[a-z][a-z0-9+.-]{0,30}:\/\//iu, '');
  const below = /^\*?\./u.exec(bare)?.[0] ?? '';
  const [name = ''] = bare.slice(below.length).split(/[/?#:]/u, 1);
  const host = asciiHost(name);
  const labels = host.split('.');
  const isHost = host.length <= 253 && labels.length > 1 && labels.every((one) => /^[a-z0-9_-]{1,63}$/u.test(one));
  if (!isHost || !name.includes('.')) return null;
  return below === '' ? host : `.${host}`;
}
