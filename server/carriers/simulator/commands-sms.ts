/** Commands for short messages. 3GPP TS 27.005 §3. */

import { numberArgument } from './at-command.ts';
import {
  cms,
  error,
  listed,
  ok,
  okThen,
  type Answer,
  type CommandSpec,
  type CommandTable,
  type Handler,
} from './answer.ts';
import type { ModemContext } from './context.ts';
import { tpduLength } from './routing.ts';
import type { MemoryName } from './message-store.ts';

const notAllowed = 302;
const invalidPduParameter = 304;
const invalidTextParameter = 305;
const simBusy = 314;
const invalidIndex = 321;
const noAcknowledgementExpected = 340;

/** Longest TPDU of an SMS-SUBMIT: 140 octets of user data and 24 before them. */
const longestTpdu = 164;

/** A command that needs the SIM and a modem whose short-message part has started. */
function whenReady(handler: Handler): Handler {
  return (modem, args) => {
    const fault = modem.sim.smsFault() ?? (modem.smsReady ? null : simBusy);
    return fault === null ? handler(modem, args) : cms(fault);
  };
}

/** A setting of one number, 0 up to `last`. */
function numberSetting(
  name: string,
  last: number,
  get: (m: ModemContext) => number,
  put: (m: ModemContext, value: number) => void,
): CommandSpec {
  return {
    test: () => ok(`${name}: (0-${last})`),
    read: (modem) => ok(`${name}: ${get(modem)}`),
    set: (modem, args) => {
      const value = numberArgument(args, 0, 0);
      if (value === null || value > last) return cms(notAllowed);
      put(modem, value);
      return ok();
    },
  };
}

const format = numberSetting(
  '+CMGF',
  1,
  (modem) => (modem.settings.textMode ? 1 : 0),
  (modem, value) => {
    modem.settings.textMode = value === 1;
  },
);

const keepLink = numberSetting(
  '+CMMS',
  2,
  (modem) => modem.settings.keepLink,
  (modem, value) => {
    modem.settings.keepLink = value;
  },
);

const service: CommandSpec = {
  test: ({ profile }) => ok(`+CSMS: ${profile.csms === 1 ? '(0,1)' : '(0)'}`),
  read: ({ settings }) => ok(`+CSMS: ${settings.service},1,1,1`),
  set: (modem, args) => {
    const value = numberArgument(args, 0, 0);
    if (value === null || value > modem.profile.csms) return cms(notAllowed);
    modem.settings.service = value;
    return ok('+CSMS: 1,1,1');
  },
};

const serviceCentre: CommandSpec = {
  test: () => ok(),
  read: whenReady(({ smsc }) => ok(smsc === '' ? '+CSCA: "",129' : `+CSCA: "+${smsc}",145`)),
  set: whenReady((modem, args) => {
    const match = /^\+?(\d{0,20})$/.exec(args[0] ?? '');
    if (match === null) return cms(invalidPduParameter);
    modem.smsc = match[1] ?? '';
    return ok();
  }),
};

const indications: CommandSpec = {
  test: ({ profile }) => {
    const { mode, mt, bm, ds, bfr } = profile.cnmiListed ?? profile.cnmi;
    return ok(`+CNMI: ${[mode, mt, bm, ds, bfr].map(listed).join(',')}`);
  },
  read: ({ settings }) => ok(`+CNMI: ${settings.cnmi.join(',')}`),
  set: (modem, args) => {
    const { cnmi } = modem.profile;
    const mode = numberArgument(args, 0, 0) ?? -1;
    const mt = numberArgument(args, 1, 0) ?? -1;
    const bm = numberArgument(args, 2, 0) ?? -1;
    const ds = numberArgument(args, 3, 0) ?? -1;
    const bfr = numberArgument(args, 4, cnmi.bfr[0] ?? 0) ?? -1;
    const taken =
      cnmi.mode.includes(mode) &&
      cnmi.mt.includes(mt) &&
      cnmi.bm.includes(bm) &&
      cnmi.ds.includes(ds) &&
      cnmi.bfr.includes(bfr);
    if (!taken) return cms(notAllowed);
    modem.settings.cnmi = [mode, mt, bm, ds, bfr];
    return okThen(() => modem.routing.configured());
  },
};

function usage(modem: ModemContext, name: MemoryName): string {
  const { size, used } = modem.store.memory(name);
  return `${modem.faults.storageFull ? size : used},${size}`;
}

function quoted(names: readonly string[]): string {
  return `(${names.map((name) => `"${name}"`).join(',')})`;
}

const memories: CommandSpec = {
  test: (modem) => {
    const all = modem.store.names();
    const stores = all.filter((name) => name !== 'SR');
    return ok(`+CPMS: ${quoted(all)},${quoted(stores)},${quoted(stores)}`);
  },
  read: whenReady((modem) =>
    ok(`+CPMS: ${modem.store.selected.map((name) => `"${name}",${usage(modem, name)}`).join(',')}`),
  ),
  set: whenReady((modem, args) => {
    if (args.length > 3 || !modem.store.select(args)) return cms(notAllowed);
    return ok(`+CPMS: ${modem.store.selected.map((name) => usage(modem, name)).join(',')}`);
  }),
};

const list: CommandSpec = {
  test: ({ settings }) =>
    ok(settings.textMode ? '+CMGL: ("REC UNREAD","REC READ","STO UNSENT","STO SENT","ALL")' : '+CMGL: (0-4)'),
  run: (modem) => listStored(modem, 0),
  set: (modem, args) => listStored(modem, numberArgument(args, 0, 0)),
};

/** AT+CMGL in PDU mode; what is listed counts as read afterwards. Text mode lists nothing here. */
const listStored = (modem: ModemContext, status: number | null): Answer =>
  whenReady(() => {
    if (modem.settings.textMode) return cms(invalidTextParameter);
    if (status === null || status > 4) return cms(invalidPduParameter);
    const lines: string[] = [];
    for (const [index, message] of modem.store.reading.list()) {
      const state = message.read ? 1 : 0;
      if (status !== 4 && status !== state) continue;
      lines.push(`+CMGL: ${index},${state},,${tpduLength(message.pdu)}`, message.pdu);
      message.read = true;
    }
    return ok(...lines);
  })(modem, []);

const read: CommandSpec = {
  test: () => ok(),
  set: whenReady((modem, args) => {
    const index = numberArgument(args, 0, -1) ?? -1;
    const message = modem.store.reading.at(index);
    if (message === undefined) {
      const quiet = modem.profile.emptySlot === 'ok' && modem.store.reading.has(index);
      return quiet ? ok() : cms(invalidIndex);
    }
    const state = message.read ? 1 : 0;
    message.read = true;
    return ok(`+CMGR: ${state},,${tpduLength(message.pdu)}`, message.pdu);
  }),
};

const remove: CommandSpec = {
  test: (modem) =>
    ok(
      `+CMGD: (${modem.store.reading
        .list()
        .map(([index]) => index)
        .join(',')}),(0-4)`,
    ),
  set: whenReady((modem, args) => {
    const index = numberArgument(args, 0, -1);
    const flag = numberArgument(args, 1, 0);
    if (index === null || flag === null || flag > 4) return cms(invalidPduParameter);
    if (flag > 0) modem.store.reading.deleteMany(flag);
    else if (modem.store.reading.has(index)) modem.store.reading.delete(index);
    else return cms(invalidIndex);
    return okThen(() => modem.roomMade());
  }),
};

const acknowledge: Handler = (modem) => (modem.routing.acknowledge() ? ok() : cms(noAcknowledgementExpected));

const send: CommandSpec = {
  test: () => ok(),
  set: whenReady((modem, args) => {
    if (modem.settings.textMode) {
      const destination = (args[0] ?? '').replace(/^\+/, '');
      if (!/^[\d*#]{1,20}$/.test(destination)) return cms(invalidTextParameter);
      return { kind: 'prompt', request: { mode: 'text', destination } };
    }
    const octets = numberArgument(args, 0, 0);
    if (octets === null || octets < 8 || octets > longestTpdu) return cms(invalidPduParameter);
    return { kind: 'prompt', request: { mode: 'pdu', octets } };
  }),
  run: () => error,
};

export const smsCommands: CommandTable = {
  '+CMGF': format,
  '+CMMS': keepLink,
  '+CSMS': service,
  '+CSCA': serviceCentre,
  '+CNMI': indications,
  '+CPMS': memories,
  '+CMGL': list,
  '+CMGR': read,
  '+CMGD': remove,
  '+CNMA': { test: () => ok('+CNMA: (0-2)'), run: acknowledge, set: acknowledge },
  '+CMGS': send,
};
