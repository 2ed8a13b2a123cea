/** The lock of a SIM: PIN, PUK and the tries left. 3GPP TS 27.007 §8.3 (AT+CPIN). */

import type { SimulatorFaults } from './faults.ts';

const pinTries = 3;
const pukTries = 10;

/** Codes of +CME ERROR, 3GPP TS 27.007 §9.2. */
const simNotInserted = 10;
const simPinRequired = 11;
const simPukRequired = 12;
const simFailure = 13;
const incorrectPassword = 16;

export class SimCard {
  readonly #faults: SimulatorFaults;
  readonly #puk: string;
  #unlocked = false;
  #pinLeft = pinTries;
  #pukLeft = pukTries;

  constructor(faults: SimulatorFaults, puk: string) {
    this.#faults = faults;
    this.#puk = puk;
  }

  /** Power was lost: the PIN is asked for again. The tries left are kept by the card. */
  reset(): void {
    this.#unlocked = false;
  }

  get tries(): { readonly pin: number; readonly puk: number } {
    return { pin: this.#pinLeft, puk: this.#pukLeft };
  }

  /** What AT+CPIN? answers, or the code of a +CME ERROR. */
  state(): 'READY' | 'SIM PIN' | 'SIM PUK' | number {
    if (this.#faults.simRemoved) return simNotInserted;
    if (this.#pukLeft === 0) return simFailure;
    if (this.#pinLeft === 0) return 'SIM PUK';
    return this.#faults.pinRequired !== null && !this.#unlocked ? 'SIM PIN' : 'READY';
  }

  /** The code of the +CME ERROR that stops a command which needs the SIM, or null. */
  fault(): number | null {
    const state = this.state();
    if (typeof state === 'number') return state;
    if (state === 'READY') return null;
    return state === 'SIM PIN' ? simPinRequired : simPukRequired;
  }

  /** The code of the +CMS ERROR that stops a short-message command, or null. 3GPP TS 27.005 §3.2.5. */
  smsFault(): number | null {
    const fault = this.fault();
    if (fault === null) return null;
    return { [simNotInserted]: 310, [simPinRequired]: 311, [simPukRequired]: 316, [simFailure]: 313 }[fault] ?? 313;
  }

  /** Enters a PIN, or a PUK with a new PIN; null when taken, else the code of a +CME ERROR. */
  enter(code: string, newPin: string | undefined): number | null {
    const state = this.state();
    if (typeof state === 'number') return state;
    if (state === 'READY') return 3;
    return state === 'SIM PIN' ? this.#enterPin(code) : this.#enterPuk(code, newPin);
  }

  #enterPin(pin: string): number | null {
    if (pin !== this.#faults.pinRequired) {
      this.#pinLeft -= 1;
      return this.#pinLeft === 0 ? simPukRequired : incorrectPassword;
    }
    this.#pinLeft = pinTries;
    this.#unlocked = true;
    return null;
  }

  #enterPuk(puk: string, newPin: string | undefined): number | null {
    if (newPin === undefined || !/^\d{4,8}$/.test(newPin)) return simPukRequired;
    if (puk !== this.#puk) {
      this.#pukLeft -= 1;
      return this.#pukLeft === 0 ? simFailure : incorrectPassword;
    }
    this.#pinLeft = pinTries;
    this.#pukLeft = pukTries;
    this.#unlocked = true;
    this.#faults.pinRequired = newPin;
    return null;
  }
}
