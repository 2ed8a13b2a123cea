/** Reads the information lines of answers. Every function takes anything and gives null for what it cannot read. */

/** The value behind `+NAME:`, or the bare line when the modem leaves the name out; quotes and spaces off. */
export function plainValue(lines: readonly string[]): string | null {
  for (const line of lines) {
    const value = line
      .replace(/^[+^*][A-Z0-9]+:\s*/, '')
      .replaceAll('"', '')
      .trim();
    if (value !== '') return value.slice(0, 80);
  }
  return null;
}

/** IMEI: 14–17 digits, with or without a name, quotes or commas. 3GPP TS 27.007 §5.4. */
export function parseImei(lines: readonly string[]): string | null {
  return firstMatch(lines, /(?<!\d)(\d{14,17})(?!\d)/);
}

export function parseImsi(lines: readonly string[]): string | null {
  return firstMatch(lines, /(?<!\d)(\d{14,15})(?!\d)/);
}

/** The SIM's own number: `+CNUM: "","+66812345678",145`. 3GPP TS 27.007 §7.1. */
export function parseOwnNumber(lines: readonly string[]): string | null {
  return firstMatch(lines, /^\+CNUM:[^,]*,\s*"(\+?\d{8,15})"/i);
}

/** ICCID: 18–20 digits, some with filler Fs behind. */
export function parseIccid(lines: readonly string[]): string | null {
  return firstMatch(lines, /(?<![0-9A-F])(\d{18,20})F*(?![0-9A-F])/i);
}

/** EF-ICCID read raw: `+CRSM: 144,0,"98661021…"`, nibbles swapped (3GPP TS 31.102 §4.2.2). */
export function parseRawIccid(lines: readonly string[]): string | null {
  const raw = firstMatch(lines, /^\+CRSM:\s*144,\s*0,\s*"?([0-9A-F]{20})"?/i);
  if (raw === null) return null;
  const swapped = raw.replaceAll(/(.)(.)/g, '$2$1').replace(/F+$/i, '');
  return /^\d{18,20}$/.test(swapped) ? swapped : null;
}

/** READY, SIM PIN, SIM PUK …; quoted by some. 3GPP TS 27.007 §8.3. */
export function parsePinState(lines: readonly string[]): string | null {
  const states = lines
    .filter((line) => line.startsWith('+CPIN:'))
    .map((line) => line.slice('+CPIN:'.length).replaceAll('"', '').trim());
  return states.find((state) => /^[A-Z0-9 -]{1,30}$/.test(state)) ?? null;
}

/** `stat` of +CREG, +CGREG and +CEREG, as an answer (`n,stat`) or as an indication (`stat`). 3GPP TS 27.007 §7.2. */
export function parseRegistration(line: string): number | null {
  const fields = line.replace(/^\+C(?:E|G)?REG:\s*/, '').split(',');
  const first = numberIn(fields[0]);
  const second = numberIn(fields[1]);
  return second ?? first;
}

/** Signal in dBm; null when unknown (99). 3GPP TS 27.007 §8.5. */
export function parseSignal(lines: readonly string[]): number | null {
  const rssi = numberIn(firstMatch(lines, /^\+CSQ:\s*(\d+)/) ?? undefined);
  return rssi === null || rssi > 31 ? null : -113 + 2 * rssi;
}

export function parseOperator(lines: readonly string[]): string | null {
  return firstMatch(lines, /^\+COPS:\s*\d\s*,\s*\d\s*,\s*"([^"]{1,60})"/);
}

/** Service centre, digits with or without `+`; null when none is set. */
export function parseSmsc(lines: readonly string[]): string | null {
  return firstMatch(lines, /^\+CSCA:\s*"?(\+?\d{3,20})"?/);
}

/** More than any modem lists. */
const mostGroups = 20;
const mostValues = 256;

/** The innermost brackets of a test answer, each a list with its ranges spread out: `(0-2),("SM","ME")`. */
export function parseGroups(lines: readonly string[]): string[][] {
  const groups = lines.flatMap((line) => [...line.matchAll(/\(([^()]*)\)/g)].slice(0, mostGroups));
  return groups.slice(0, mostGroups).map((match) => spreadValues(match[1] ?? ''));
}

/**
 * Used and total places of the memory into which new messages go, the last of `+CPMS: "SM",3,30,"SM",3,30,"ME",5,100`; the
 * first may be another one that is being read just now.
 */
export function parseUsage(lines: readonly string[]): { readonly used: number; readonly total: number } | null {
  for (const line of lines) {
    const pairs = [...line.matchAll(/(?<![\d(-])(\d{1,5})\s*,\s*(\d{1,5})(?!\d)/g)];
    const last = pairs.at(-1);
    if (line.startsWith('+CPMS:') && last !== undefined) return { used: Number(last[1]), total: Number(last[2]) };
  }
  return null;
}

/** Index and status of a listed message: `+CMGL: 3,1,"",24`. Status 0 and 1 are received, 2 and 3 are the phone's own. */
export function parseListed(header: string): { readonly index: number; readonly status: number } | null {
  const match = /^\+CMGL:\s*(\d{1,5})\s*,\s*"?(\d)"?/.exec(header);
  return match === null ? null : { index: Number(match[1]), status: Number(match[2]) };
}

/** The values of a list with its ranges spread out: `0-2,5` are 0, 1, 2 and 5. At the most 256. */
export function spreadValues(list: string): string[] {
  const values: string[] = [];
  for (const item of list.split(',')) {
    if (values.length >= mostValues) break;
    const text = item.replaceAll('"', '').trim();
    const range = /^(\d{1,3})-(\d{1,3})$/.exec(text);
    const [from, to] = range === null ? [0, -1] : [Number(range[1]), Number(range[2])];
    if (range === null && text !== '') values.push(text);
    for (let value = from; value <= to && values.length < mostValues; value += 1) values.push(String(value));
  }
  return values;
}

function firstMatch(lines: readonly string[], pattern: RegExp): string | null {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

function numberIn(text: string | undefined): number | null {
  const trimmed = text?.trim() ?? '';
  return /^\d{1,3}$/.test(trimmed) ? Number(trimmed) : null;
}

export function parseFunctionality(lines: readonly string[]): number | null {
  return numberIn(firstMatch(lines, /^\+CFUN:\s*(\d{1,3})/) ?? undefined);
}

/**
 * Tries left for the PIN, from the makers' own ways: `^CPIN: SIM PIN,3,10,3,10,3`, `^CPIN: 3,…`, `+SPIC: 3,10,3,10`,
 * `+QPINC: "SC",3,10`.
 */
export function parsePinTries(lines: readonly string[]): number | null {
  const pattern = /^(?:\^CPIN:\s*(?:[A-Z][A-Z0-9 -]{0,30},)?|\+SPIC:\s*|\+QPINC:\s*"?SC"?\s*,\s*)(\d{1,2})\b/;
  return numberIn(firstMatch(lines, pattern) ?? undefined);
}
