import type { ListenOptions } from '../../config/command-line-options.ts';
import { dataFolder } from '../../config/data-folder.ts';
import { errorText } from '../../domain/errors.ts';
import { nodeProblem } from '../node-version.ts';
import { counted } from '../text-table.ts';
import { fail, ok, warn } from './judgement.ts';
import type { Check, Finding, Judgement, Patient } from './judgement.ts';
import type { MachineProbes } from './machine-probes.ts';
import { modemChecks } from './modem-checks.ts';

const mebibyte = 1024 * 1024;
const failBelowBytes = 100 * mebibyte;
const warnBelowBytes = 1024 * mebibyte;

function checkNode({ probes }: Patient): Judgement {
  const { version, executable } = probes.node();
  const problem = nodeProblem(version, executable);
  return problem === null ? ok(`version ${version}`) : fail(problem, 'Use Node.js 24 or newer.');
}

function checkClock({ probes }: Patient): Judgement {
  const { now, timeZone } = probes.time();
  const time = new Date(now);
  const shown = `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const year = time.getUTCFullYear();
  if (year < 2025 || year > 2100) {
    return fail(`the clock says ${shown}`, 'Set the date and time and turn on automatic time (NTP).');
  }
  if (timeZone === '') return warn(`${shown}, no time zone`, 'Set the time zone of the machine.');
  return ok(`${shown}, time zone ${timeZone}`);
}

async function checkFolder({ probes, folder }: Patient): Promise<Judgement> {
  const look = await probes.folder(folder.dir);
  if (look.kind === 'other') return fail(`${folder.dir} is not a folder`, 'Name a folder with --data.');
  if (!look.writable) {
    const what = look.kind === 'missing' ? 'cannot be made' : 'may not be written to';
    return fail(
      `${folder.dir} ${what} by this user`,
      'Give this user the right to write, or name another with --data.',
    );
  }
  return ok(look.kind === 'missing' ? `${folder.dir} will be made at the first start` : folder.dir);
}

async function checkSpace({ probes, folder }: Patient): Promise<Judgement> {
  const free = await probes.freeBytes(folder.dir);
  const text = `${Math.floor(free / mebibyte).toLocaleString('en-US')} MB free`;
  if (free < failBelowBytes) return fail(text, 'The box needs 100 MB to work. Delete files or use a larger disk.');
  if (free < warnBelowBytes) return warn(text, 'Make room soon: keep 1 GB free or more.');
  return ok(text);
}

async function checkDatabase({ probes, folder }: Patient): Promise<Judgement> {
  if ((await probes.fileMode(folder.database)) === null) return ok('none yet; made at the first start');
  const look = await probes.database(folder.database);
  if (look.state === 'sound') return ok('opens, and its quick check finds nothing wrong');
  if (look.state === 'unchecked') return warn(`not checked: ${look.reason}`, 'Run doctor again.');
  return fail(look.problem, `Stop the box, keep a copy of ${folder.dir}, and put back a backup.`);
}

async function checkAudit({ probes, folder }: Patient): Promise<Judgement> {
  if ((await probes.fileMode(folder.database)) === null) return ok('none yet');
  const look = await probes.audit(folder.database);
  if (look.state === 'whole') return ok(`whole: ${counted(look.rows, 'row')}`);
  if (look.state === 'unchecked') return warn(`not checked: ${look.reason}`, 'Run doctor again.');
  return fail(
    `broken at row ${look.row}. ${look.problem}`,
    `Somebody changed ${folder.database} from outside. Keep a copy, and compare it with your backups.`,
  );
}

async function checkPort({ probes, options }: Patient): Promise<Judgement> {
  const box = await probes.runningBox(options.dataDir);
  if (box !== null) return ok(`the box is running on ${box.host} port ${box.port}`);
  if (options.port === 0) return ok('the box is not running; it takes any free port');
  const look = await probes.port(options.host, options.port);
  const place = `port ${options.port} on ${options.host}`;
  if (look === 'in_use') {
    return fail(`${place} is taken by another program`, 'Stop that program, or name another port with --port.');
  }
  if (look === 'not_allowed') {
    return fail(
      `${place} is not open to this user`,
      'Ports below 1024 are for the system: name one above with --port.',
    );
  }
  if (look === 'no_such_address') {
    return fail(`${options.host} is no address of this machine`, 'Give one of its own with --host, or 0.0.0.0.');
  }
  return ok(`the box is not running; ${place} is free`);
}

async function checkMasterKey({ probes, options, folder, platform }: Patient): Promise<Judgement> {
  const path = options.masterKeyFile ?? folder.masterKey;
  const mode = await probes.fileMode(path);
  if (mode === null) {
    if ((await probes.fileMode(folder.database)) === null) return ok('none yet; made at the first start');
    // The desktop app keeps the key in the system's own safe, so a missing file need not be a fault.
    return warn(
      `${path} is missing; without it the secrets in the database stay sealed`,
      'Put it back from a backup, or name it with --master-key-file, unless the desktop app runs this box.',
    );
  }
  if (platform !== 'win32' && (mode & 0o077) !== 0) {
    const shown = (mode & 0o777).toString(8).padStart(4, '0');
    return fail(`others may read ${path} (mode ${shown})`, `Run \`chmod 600 ${path}\`.`);
  }
  return ok(path);
}

const checks: readonly Check[] = [
  ['Node.js', checkNode],
  ['Clock', checkClock],
  ['Data folder', checkFolder],
  ['Disk space', checkSpace],
  ['Database', checkDatabase],
  ['Audit log', checkAudit],
  ['Port', checkPort],
  ...modemChecks,
  ['Master key', checkMasterKey],
];

/** Looks at everything, in order; a look that itself fails is a finding too. */
export async function examine(
  probes: MachineProbes,
  options: ListenOptions,
  platform: NodeJS.Platform,
): Promise<readonly Finding[]> {
  const patient: Patient = { probes, options, folder: dataFolder(options.dataDir), platform };
  return Promise.all(
    checks.map(async ([name, check]): Promise<Finding> => {
      try {
        return { name, ...(await check(patient)) };
      } catch (error) {
        const advice = 'Run doctor as the user that runs the box.';
        return { name, state: 'fail', text: `could not be looked at: ${errorText(error)}`, advice };
      }
    }),
  );
}
