/** Commands of the line itself and of the modem's identity. ITU-T V.250 §6, 3GPP TS 27.007 §5. */

import { numberArgument } from './at-command.ts';
import { cme, error, ok, okThen, type CommandSpec, type CommandTable, type Handler } from './answer.ts';
import { freshSettings, type ModemContext } from './context.ts';

type Switch = 'echo' | 'verbose' | 'quiet';

function switching(which: Switch): CommandSpec {
  const set: Handler = (modem, args) => {
    const value = numberArgument(args, 0, 0);
    if (value !== 0 && value !== 1) return error;
    modem.settings[which] = value === 1;
    return ok();
  };
  return { run: set, set };
}

const identity = (text: (modem: ModemContext) => string): CommandSpec => ({
  run: (modem) => ok(text(modem)),
  test: () => ok(),
});

const accepted: CommandSpec = { run: () => ok(), set: () => ok() };

/** ATZ and AT&F restore how the line behaves, not what was set for short messages. */
const restore: Handler = (modem) => {
  const { echo, verbose, quiet, errors } = freshSettings(modem.profile);
  Object.assign(modem.settings, { echo, verbose, quiet, errors });
  return ok();
};

const factory: CommandSpec = { run: restore, set: restore };

const about: Handler = ({ profile }) =>
  ok(
    `Manufacturer: ${profile.manufacturer}`,
    `Model: ${profile.model}`,
    `Revision: ${profile.revision}`,
    `IMEI: ${profile.imei}`,
  );

const functionality: CommandSpec = {
  test: () => ok('+CFUN: (0,1,4),(0,1)'),
  read: (modem) => ok(`+CFUN: ${modem.settings.function}`),
  set: (modem, args) => {
    const level = numberArgument(args, 0, 1);
    const restart = numberArgument(args, 1, 0);
    if (level === null || ![0, 1, 4].includes(level) || (restart !== 0 && restart !== 1)) return cme(50);
    if (restart === 1) return okThen(() => modem.reset());
    modem.settings.function = level;
    return okThen(() => modem.roomMade());
  },
};

const errorForm: CommandSpec = {
  test: () => ok('+CMEE: (0-2)'),
  read: (modem) => ok(`+CMEE: ${modem.settings.errors}`),
  set: (modem, args) => {
    const form = numberArgument(args, 0, 0);
    if (form === null || form > 2) return error;
    modem.settings.errors = form;
    return ok();
  },
};

export const basicCommands: CommandTable = {
  E: switching('echo'),
  V: switching('verbose'),
  Q: switching('quiet'),
  I: { run: about, set: about },
  Z: factory,
  '&F': factory,
  '&W': accepted,
  '+CMEE': errorForm,
  '+CFUN': functionality,
  '+CGMI': identity(({ profile }) => profile.manufacturer),
  '+GMI': identity(({ profile }) => profile.manufacturer),
  '+CGMM': identity(({ profile }) => profile.model),
  '+GMM': identity(({ profile }) => profile.model),
  '+CGMR': identity(({ profile }) => profile.revision),
  '+GMR': identity(({ profile }) => profile.revision),
  '+CGSN': identity(({ profile }) => profile.imei),
  '+GSN': identity(({ profile }) => profile.imei),
};
