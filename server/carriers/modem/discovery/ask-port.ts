import type { ByteStream, Clock, Logger } from '../../../domain/ports.ts';
import { tellingImei } from '../../../domain/modem-search.ts';
import type { ModemAir, SimPresent } from '../../../domain/modem-search.ts';
import { parseImei, parseOperator, parsePinState, parseSignal, plainValue } from '../at/answers.ts';
import type { AtResult } from '../at/command.ts';
import { isSimMissing } from '../at/error-class.ts';
import { ModemPort } from '../modem-port.ts';
import { delay } from '../../../platform/pause.ts';
import { unknownModem } from '../quirks/modem-quirks.ts';
import { defaultTimeouts } from '../timeouts.ts';

/** What a port said when it was asked who it is. */
export interface PortAnswer {
  /** Null when it does not tell one that identifies. */
  readonly imei: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly air: ModemAir;
  /** Whether new messages can be announced here; a port for data calls alone may refuse. */
  readonly announces: boolean;
  /** The port that the maker's own setting sends indications to; null where there is no such setting. */
  readonly tellsAt: 'commands' | 'dial' | 'elsewhere' | null;
}

const knocks = 3;
const times = { ...defaultTimeouts, command: 3_000 };

/**
 * Asks an open port who it is, changing nothing in it. Null when no modem answers: silence, or an answer to AT by something
 * that knows neither an IMEI nor its maker (a small microcontroller, say). Closes the stream. Never rejects.
 */
export async function askPort(stream: ByteStream, clock: Clock, log: Logger): Promise<PortAnswer | null> {
  const port = new ModemPort({
    stream,
    clock,
    log,
    timeouts: times,
    nature: { quirks: unknownModem },
    onUrc: () => {},
    onClosed: () => {},
    onTrouble: ({ alive }) => {
      if (!alive) port.abandon();
    },
  });
  port.attach();
  try {
    await delay(clock, times.discard);
    return (await port.wake(knocks)) ? await askWho(port) : null;
  } finally {
    port.close('asked enough');
    await stream.close().catch(() => {});
  }
}

async function askWho(port: ModemPort): Promise<PortAnswer | null> {
  const told = parseCard(linesOf(await port.command('ATI')));
  const serial = parseImei(linesOf(await port.command('AT+CGSN'))) ?? told.imei;
  const manufacturer = plainValue(linesOf(await port.command('AT+CGMI'))) ?? told.manufacturer;
  const model = plainValue(linesOf(await port.command('AT+CGMM'))) ?? told.model;
  const imei = tellingImei(serial) ? serial : null;
  if (imei === null && manufacturer === null) return null;
  const announces = (await port.command('AT+CNMI?')).kind === 'ok';
  const tellsAt = await askWhereTold(port, manufacturer ?? '');
  return { imei, manufacturer, model, air: await askAir(port), announces, tellsAt };
}

/** What it says of its SIM and of the network, as it stands: a SIM that is locked stays so. */
async function askAir(port: ModemPort): Promise<ModemAir> {
  const pin = await port.command('AT+CPIN?');
  const sim = pin.kind === 'error' ? (isSimMissing(pin.error) ? 'missing' : null) : simOf(parsePinState(linesOf(pin)));
  const signalDbm = parseSignal(linesOf(await port.command('AT+CSQ')));
  const operator = sim === 'ready' ? parseOperator(linesOf(await port.command('AT+COPS?'))) : null;
  return { sim, operator, signalDbm };
}

function simOf(state: string | null): SimPresent | null {
  if (state === null) return null;
  if (state === 'READY') return 'ready';
  return state === 'SIM PIN' ? 'pin' : state === 'SIM PUK' ? 'puk' : 'locked';
}

/** Huawei and Quectel choose the port for indications by a setting of their own. */
async function askWhereTold(port: ModemPort, manufacturer: string): Promise<PortAnswer['tellsAt']> {
  if (/huawei/i.test(manufacturer)) {
    const line = linesOf(await port.command('AT^PORTSEL?')).join(' ');
    const chosen = /\^PORTSEL:\s*([01])/.exec(line)?.[1];
    return chosen === undefined ? null : chosen === '0' ? 'commands' : 'dial';
  }
  if (!/quectel/i.test(manufacturer)) return null;
  const line = linesOf(await port.command('AT+QURCCFG="urcport"')).join(' ');
  const chosen = /"urcport"\s*,\s*"(\w+)"/i.exec(line)?.[1]?.toLowerCase();
  if (chosen === undefined || chosen === 'all') return null;
  return chosen === 'usbat' ? 'commands' : chosen === 'usbmodem' ? 'dial' : 'elsewhere';
}

interface Card {
  readonly imei: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
}

/** The answer to ATI of most modems: lines with names. ITU-T V.250 §6.1.3 leaves its form open. */
function parseCard(lines: readonly string[]): Card {
  const named = (name: RegExp): string | null => {
    const found = lines.map((line) => name.exec(line)?.[1]?.trim()).find((text) => text !== undefined && text !== '');
    return found === undefined ? null : found.slice(0, 80);
  };
  return {
    imei: named(/^IMEI:\s*(\d{14,17})/i),
    manufacturer: named(/^Manufacturer:\s*(.+)$/i),
    model: named(/^Model:\s*(.+)$/i),
  };
}

function linesOf(answer: AtResult): readonly string[] {
  return answer.kind === 'ok' ? answer.lines : [];
}
