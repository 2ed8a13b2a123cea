/** Commands of the SIM and the network. 3GPP TS 27.007 §7 and §8. */

import { numberArgument } from './at-command.ts';
import { cme, error, ok, okThen, type Answer, type CommandSpec, type CommandTable, type Handler } from './answer.ts';
import { hasService, registrationOf, type ModemContext } from './context.ts';

/** How long the search for all operators takes, in milliseconds. */
const operatorSearchMs = 30_000;

/** A command that needs an unlocked SIM. */
function withSim(answer: (modem: ModemContext) => Answer): Handler {
  return (modem) => {
    const fault = modem.sim.fault();
    return fault === null ? answer(modem) : cme(fault);
  };
}

const cardNumber = withSim(({ profile }) => ok(`+CCID: ${profile.iccid}`));

const pin: CommandSpec = {
  test: () => ok(),
  read: (modem) => {
    const state = modem.sim.state();
    return typeof state === 'number' ? cme(state) : ok(`+CPIN: ${state}`);
  },
  set: (modem, args) => {
    const fault = modem.sim.enter(args[0] ?? '', args[1]);
    if (fault !== null) return cme(fault);
    return okThen(() => {
      modem.urc('+CPIN: READY');
      modem.roomMade();
    });
  },
};

function registration(name: 'CREG' | 'CEREG' | 'CGREG'): CommandSpec {
  return {
    test: () => ok(`+${name}: (0-2)`),
    read: (modem) => {
      const reports = modem.settings.registrationReports[name];
      const place = reports === 2 && hasService(modem) ? ',"1A2B","01C3D4E5"' : '';
      return ok(`+${name}: ${reports},${registrationOf(modem)}${place}`);
    },
    set: (modem, args) => {
      const reports = numberArgument(args, 0, 0);
      if (reports === null || reports > 2) return cme(50);
      modem.settings.registrationReports = { ...modem.settings.registrationReports, [name]: reports };
      return ok();
    },
  };
}

const operator: CommandSpec = {
  test: ({ profile }) => ({
    kind: 'ok',
    lines: [`+COPS: (2,"${profile.operatorName}","${profile.operatorName}","${profile.operatorCode}",7),,(0-4),(0-2)`],
    afterMs: operatorSearchMs,
  }),
  read: (modem) => {
    if (!hasService(modem)) return ok('+COPS: 0');
    const { operatorFormat } = modem.settings;
    const name = operatorFormat === 2 ? modem.profile.operatorCode : modem.profile.operatorName;
    return ok(`+COPS: 0,${operatorFormat},"${name}",7`);
  },
  set: (modem, args) => {
    const mode = numberArgument(args, 0, 0);
    const format = numberArgument(args, 1, modem.settings.operatorFormat);
    if (mode === null || mode > 4 || format === null || format > 2) return cme(50);
    modem.settings.operatorFormat = format;
    return ok();
  },
};

const signal: CommandSpec = {
  test: () => ok('+CSQ: (0-31,99),(0-7,99)'),
  run: (modem) =>
    ok(registrationOf(modem) === 0 || modem.faults.noSignal ? '+CSQ: 99,99' : `+CSQ: ${modem.profile.csq},0`),
};

const characterSets = ['IRA', 'GSM', 'UCS2'];

const characterSet: CommandSpec = {
  test: () => ok(`+CSCS: (${characterSets.map((name) => `"${name}"`).join(',')})`),
  read: (modem) => ok(`+CSCS: "${modem.settings.characterSet}"`),
  set: (modem, args) => {
    const wanted = args[0]?.toUpperCase() ?? '';
    if (!characterSets.includes(wanted)) return cme(50);
    modem.settings.characterSet = wanted;
    return ok();
  },
};

/** A service code as it was typed, or UCS-2 in hex where AT+CSCS says so. */
function ussdCode(modem: ModemContext, text: string): string {
  if (modem.settings.characterSet !== 'UCS2' || !/^([0-9A-F]{4})+$/i.test(text)) return text;
  return Buffer.from(text, 'hex').swap16().toString('utf16le');
}

function ussdResult(modem: ModemContext, code: string): string {
  if (!hasService(modem)) return '+CUSD: 5';
  const answer = modem.profile.ussd[code];
  if (answer === undefined) return '+CUSD: 4';
  const mode = answer.more === true ? 1 : 0;
  const plain = /^[\n\r -~]*$/.test(answer.text);
  if (plain) return `+CUSD: ${mode},"${answer.text}",15`;
  const hex = Buffer.from(answer.text, 'utf16le').swap16().toString('hex').toUpperCase();
  return `+CUSD: ${mode},"${hex}",72`;
}

const ussd: CommandSpec = {
  test: () => ok('+CUSD: (0-2)'),
  read: () => ok('+CUSD: 1'),
  set: (modem, args) => {
    const fault = modem.sim.fault();
    if (fault !== null) return cme(fault);
    const mode = numberArgument(args, 0, 1);
    if (mode === null || mode > 2) return error;
    const text = args[1];
    if (mode === 2 || text === undefined || text === '') return ok();
    const code = ussdCode(modem, text);
    return okThen(() => {
      modem.power.after(modem.profile.ussdMs, () => modem.urc(ussdResult(modem, code)));
    });
  },
};

export const networkCommands: CommandTable = {
  '+CPIN': pin,
  '+SPIC': { run: ({ sim }) => ok(`+SPIC: ${sim.tries.pin},${sim.tries.puk},0,0`) },
  '+CIMI': { test: () => ok(), run: withSim(({ profile }) => ok(profile.imsi)) },
  '+CCID': { run: cardNumber, read: cardNumber },
  '^ICCID': { read: withSim(({ profile }) => ok(`^ICCID: ${profile.iccid}`)) },
  '+CNUM': { run: withSim(({ profile }) => ok(`+CNUM: "","+${profile.msisdn}",145`)) },
  '+CREG': registration('CREG'),
  '+CEREG': registration('CEREG'),
  '+CGREG': registration('CGREG'),
  '+COPS': operator,
  '+CSQ': signal,
  '+CSCS': characterSet,
  '+CUSD': ussd,
};
