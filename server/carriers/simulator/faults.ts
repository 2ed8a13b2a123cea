/** What may be wrong with a simulated modem. Every member may be changed at any moment while it runs. */

export interface CmsFault {
  readonly code: number;
  /** How many submissions it hits. */
  readonly count: number;
}

export interface SimulatorFaults {
  /** Added before the answer to any command line, in milliseconds. */
  latencyMs: number;
  /** Before the `>` of AT+CMGS, in milliseconds. */
  promptMs: number;
  /** Added between Ctrl-Z and +CMGS, in milliseconds; the network has the message at half of the whole time. */
  submitMs: number;
  /** Registration is lost: nothing goes out, nothing comes in. */
  noSignal: boolean;
  /** Submissions end in this +CMS ERROR and are not sent: for ever, or as often as `count` says. */
  cmsError: number | CmsFault | null;
  /** Hangs: takes bytes and never answers. */
  silent: boolean;
  /** AT+CMGS shows no prompt, though it waits for the PDU. */
  noPrompt: boolean;
  /** No answer after Ctrl-Z, though the message was sent, or was not. */
  noAnswerAfterPdu: 'sent' | 'not-sent' | null;
  /** The network makes no delivery reports. */
  noReports: boolean;
  /** Share of the delivery reports that get lost, 0 to 1. */
  lostReports: number;
  /** Each delivery report comes twice. */
  duplicateReports: boolean;
  /** The delivery report comes before +CMGS. */
  reportBeforeAnswer: boolean;
  /** true: echoes though ATE0 was set; false: never echoes; null: as ATE says. */
  echo: boolean | null;
  /** Chance of a burst of random bytes before a line, 0 to 1. */
  garble: number;
  /** Chance of an unasked-for line (^RSSI, RING …) before and after a line, 0 to 1. */
  urcNoise: number;
  /** Hands out one byte at a time. */
  splitBytes: boolean;
  /** The SIM asks for this PIN until it was given; after a PUK the new PIN stands here. */
  pinRequired: string | null;
  simRemoved: boolean;
  /** Every memory counts as full; the network keeps what it cannot store. */
  storageFull: boolean;
}

export function noFaults(): SimulatorFaults {
  return {
    latencyMs: 0,
    promptMs: 0,
    submitMs: 0,
    noSignal: false,
    cmsError: null,
    silent: false,
    noPrompt: false,
    noAnswerAfterPdu: null,
    noReports: false,
    lostReports: 0,
    duplicateReports: false,
    reportBeforeAnswer: false,
    echo: null,
    garble: 0,
    urcNoise: 0,
    splitBytes: false,
    pinRequired: null,
    simRemoved: false,
    storageFull: false,
  };
}

/** A panel of faults, none set, that calls `changed` after each change of a member. */
export function faultPanel(changed: () => void): SimulatorFaults {
  return new Proxy(noFaults(), {
    set(target, name, value) {
      const done = Reflect.set(target, name, value);
      changed();
      return done;
    },
  });
}

/** The code of +CMS ERROR that hits the submission at hand, or null; counts it. */
export function takeCmsFault(faults: SimulatorFaults): number | null {
  const fault = faults.cmsError;
  if (fault === null || typeof fault === 'number') return fault;
  faults.cmsError = fault.count > 1 ? { code: fault.code, count: fault.count - 1 } : null;
  return fault.count > 0 ? fault.code : null;
}
