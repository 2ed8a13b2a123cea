/**
 * What a modem does with something from the network: stores it, announces it, or passes it straight on and waits for
 * the acknowledgement. 3GPP TS 27.005 §3.4.
 */

import { hasService, type ModemContext, type RoutingControl } from './context.ts';
import type { MemoryName } from './message-store.ts';
import type { Downlink } from './network.ts';

/** Reports kept for a program that is away. */
const heldLimit = 10_000;
/** Results that wait for the acknowledgement of the one before. */
const unacknowledgedLimit = 100;

/** Octets of the TPDU, without the service-centre octets before it; 0 when those do not fit into the PDU. */
export function tpduLength(pdu: string): number {
  return Math.max(0, pdu.length / 2 - 1 - Number.parseInt(pdu.slice(0, 2), 16));
}

export class Routing implements RoutingControl {
  readonly #modem: ModemContext;
  #held: string[] = [];
  /** AT+CNMI was set since the port was opened. */
  #armed = false;
  #direct: Downlink[] = [];
  #stopWaiting: (() => void) | null = null;
  #toldFull = false;

  constructor(modem: ModemContext) {
    this.#modem = modem;
  }

  /** Takes something from the network; false when the modem cannot take it now. */
  take(downlink: Downlink): boolean {
    const { profile } = this.#modem;
    if (hasService(this.#modem)) {
      return downlink.kind === 'message' ? this.#message(downlink.pdu) : this.#report(downlink.pdu);
    }
    return downlink.kind === 'report' && !profile.keepReports;
  }

  portOpened(): void {
    this.#armed = false;
  }

  /** AT+CNMI was set: reports that were kept may go. */
  configured(): void {
    this.#armed = true;
    if (!this.#reportsWanted()) return;
    const held = this.#held;
    this.#held = [];
    for (const pdu of held) this.#report(pdu);
  }

  /** AT+CNMA came; false when none was expected. */
  acknowledge(): boolean {
    if (this.#stopWaiting === null) return false;
    this.#stopWaiting();
    this.#stopWaiting = null;
    this.#direct.shift();
    this.#passNext();
    return true;
  }

  /** Power was lost: what was passed on without an acknowledgement is stored. */
  reset(): void {
    this.#stopWaiting?.();
    this.#giveUpDirect();
    this.#armed = false;
  }

  #message(pdu: string): boolean {
    const { settings } = this.#modem;
    if (settings.cnmi[1] === 2 && this.#canTell()) return this.#pass({ kind: 'message', pdu });
    const memory = settings.cnmi[1] === 0 ? null : this.#modem.store.selected[2];
    const index = this.#storeIn(this.#modem.store.selected[2], pdu);
    if (index === null) return false;
    if (memory !== null && settings.cnmi[1] === 1) this.#tell(`+CMTI: "${memory}",${index}`);
    return true;
  }

  #report(pdu: string): boolean {
    const { profile, settings, store } = this.#modem;
    if (!profile.cnmi.ds.some((ds) => ds > 0)) {
      if (profile.keepReports) this.#storeIn(store.selected[2], pdu);
      return true;
    }
    if (settings.cnmi[3] === 2 && (this.#armed || !profile.keepReports)) {
      const index = this.#storeIn('SR', pdu);
      if (index !== null) this.#tell(`+CDSI: "${profile.cdsiNames}",${index}`);
      return true;
    }
    if (this.#reportsWanted()) return this.#pass({ kind: 'report', pdu });
    if (profile.keepReports) this.#hold(pdu);
    return true;
  }

  #hold(pdu: string): void {
    if (this.#held.length >= heldLimit) this.#held.shift();
    this.#held.push(pdu);
  }

  #reportsWanted(): boolean {
    const { profile, settings } = this.#modem;
    return settings.cnmi[3] > 0 && this.#canTell() && (this.#armed || !profile.keepReports);
  }

  /** AT+CNMI mode 0 keeps results inside the modem, where they get lost. */
  #canTell(): boolean {
    return this.#modem.portOpen() && this.#modem.settings.cnmi[0] !== 0;
  }

  #tell(...lines: readonly string[]): void {
    if (this.#canTell()) this.#modem.urc(...lines);
  }

  #storeIn(name: MemoryName, pdu: string): number | null {
    const index = this.#modem.faults.storageFull ? null : this.#modem.store.memory(name).store(pdu);
    if (index === null && !this.#toldFull) this.#modem.urc(`^SMMEMFULL: "${name}"`);
    this.#toldFull = index === null;
    return index;
  }

  #pass(downlink: Downlink): boolean {
    if (this.#modem.settings.service === 0) {
      this.#show(downlink);
      return true;
    }
    if (this.#direct.length >= unacknowledgedLimit) return false;
    this.#direct.push(downlink);
    if (this.#stopWaiting === null) this.#passNext();
    return true;
  }

  #passNext(): void {
    const next = this.#direct[0];
    if (next === undefined) {
      this.#modem.roomMade();
      return;
    }
    this.#show(next);
    this.#stopWaiting = this.#modem.power.after(this.#modem.profile.acknowledgeMs, () => {
      const [mode, , bm, , bfr] = this.#modem.settings.cnmi;
      this.#modem.settings.cnmi = [mode, 0, bm, 0, bfr];
      this.#giveUpDirect();
    });
  }

  /** No acknowledgement came: messages are stored, reports are kept or lost. */
  #giveUpDirect(): void {
    this.#stopWaiting = null;
    const left = this.#direct;
    this.#direct = [];
    for (const { kind, pdu } of left) {
      if (kind === 'message') this.#storeIn(this.#modem.store.selected[2], pdu);
      else if (this.#modem.profile.keepReports) this.#hold(pdu);
    }
  }

  #show({ kind, pdu }: Downlink): void {
    const head = kind === 'message' ? '+CMT: ,' : '+CDS: ';
    this.#modem.urc(`${head}${tpduLength(pdu)}`, pdu);
  }
}
