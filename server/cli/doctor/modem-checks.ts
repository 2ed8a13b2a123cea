import { fail, ok, warn } from './judgement.ts';
import type { Check, Judgement, Patient } from './judgement.ts';
import type { DeviceLook, SerialPortLook } from './machine-probes.ts';

const rulesFile = 'docs/linux/99-sepsms-box.rules';
const installRules = `install the rules of the box (\`sudo cp ${rulesFile} /etc/udev/rules.d/ && sudo udevadm control --reload && sudo udevadm trigger\`)`;

async function checkSerialPorts(patient: Patient): Promise<Judgement> {
  const ports = await patient.probes.serialPorts();
  if (ports === null) return ok('not looked at on this system; `modem list` lists them');
  if (ports.length === 0) {
    return warn('none found', 'Plug in the modem. If it is in, try another cable or USB socket and wait 20 seconds.');
  }
  const denied = ports.filter((port) => !port.usable);
  if (denied.length === 0) return ok(ports.map((port) => port.path).join(', '));
  const text = `this user may not use ${denied.map((port) => port.path).join(', ')}`;
  const advice = await groupAdvice(patient, denied);
  return denied.length === ports.length ? fail(text, advice) : warn(text, advice);
}

async function groupAdvice({ probes }: Patient, denied: readonly SerialPortLook[]): Promise<string> {
  const group = denied.find((port) => port.group !== null && port.group !== 'root')?.group ?? 'dialout';
  const groups = await probes.groups();
  if (groups?.given.has(group) === true && !groups.inForce.has(group)) {
    return `This user is in the group ${group}, but not yet in this session: sign out and in again, and restart the box.`;
  }
  return `Run \`sudo usermod -aG ${group} $USER\`, then sign out and in again.`;
}

async function checkModems({ probes }: Patient): Promise<Judgement> {
  const devices = await probes.modems();
  if (devices === null) return ok('not looked at on this system; `modem list` lists them');
  const modems = devices.filter((device) => device.kind === 'modem');
  const bad = modems.filter((device) => device.problem !== null);
  if (bad.length > 0) {
    const advice = bad.map((device) => `${device.name}: ${device.problem ?? ''}`).join(' ');
    return warn(`not ready to be used: ${bad.map((device) => device.name).join(', ')}`, advice);
  }
  if (modems.length > 0) return ok(modems.map(nameAndPorts).join('; '));
  const adapters = devices.filter((device) => device.kind === 'adapter' && device.problem === null);
  return ok(
    adapters.length === 0
      ? 'none known by its USB ids'
      : `none known by its USB ids; maybe behind ${adapters.map(nameAndPorts).join('; ')}: run \`modem scan\``,
  );
}

function nameAndPorts({ name, ports }: DeviceLook): string {
  return ports.length === 0 ? name : `${name} at ${ports.join(', ')}`;
}

async function checkModemManager({ probes }: Patient): Promise<Judgement> {
  const programs = await probes.programs();
  if (programs?.has('ModemManager') !== true) return ok('not running');
  const rules = await probes.udevRules();
  const modems =
    (await probes.modems())?.filter((device) => device.kind === 'modem' && device.ports.length > 0) ?? null;
  const within = modems?.filter(({ usb }) => !isIgnored(usb, rules?.ignored ?? new Set())) ?? null;
  if (rules?.installed === true && within?.length === 0)
    return ok('running, and told to leave the modems of the box alone');
  if (within !== null && modems !== null && modems.length > 0 && within.length === 0) {
    return ok('running, and told by other rules to leave these modems alone');
  }
  const what = within === null || within.length === 0 ? 'modems' : within.map(nameAndPorts).join('; ');
  return warn(
    `running: it talks to modems and takes them away from the box (${what})`,
    `If nothing else needs it, run \`sudo systemctl disable --now ModemManager\`; else ${installRules}.`,
  );
}

async function checkUdevRules({ probes }: Patient): Promise<Judgement> {
  const rules = await probes.udevRules();
  if (rules === null) return ok('not used on this system');
  if (!rules.installed)
    return ok(`not installed; ${rulesFile} gives the right to modems and keeps ModemManager off them`);
  const modems = (await probes.modems())?.filter((device) => device.kind === 'modem') ?? [];
  const missing = modems.filter(({ usb }) => !isIgnored(usb, rules.ignored));
  if (missing.length === 0) return ok('installed');
  const names = missing.map(({ name, usb }) => `${name} (${usb ?? 'no USB ids'})`).join(', ');
  return warn(`installed, but without ${names}`, `They are older than the box, or were changed: ${installRules}.`);
}

function isIgnored(usb: string | null, ignored: ReadonlySet<string>): boolean {
  return usb !== null && (ignored.has(usb) || ignored.has(usb.slice(0, 4)));
}

async function checkBrltty({ probes }: Patient): Promise<Judgement> {
  const programs = await probes.programs();
  const adapters = (await probes.modems())?.filter((device) => device.kind === 'adapter') ?? [];
  const taken = adapters.filter((device) => device.problem !== null);
  const advice =
    'If nobody uses a Braille display here, run `sudo systemctl mask --now brltty.service brltty-udev.service`, then plug the adapter in again.';
  if (taken.length > 0) {
    return warn(
      `${taken.map((device) => device.name).join(', ')} is plugged in and has no port: brltty may have taken it`,
      advice,
    );
  }
  if (programs?.has('brltty') !== true) return ok('not running');
  const names = adapters.length === 0 ? 'many USB serial adapters' : adapters.map(nameAndPorts).join('; ');
  return warn(`running: it takes ${names} for Braille displays`, advice);
}

async function checkPortUsers({ probes, options }: Patient): Promise<Judgement> {
  const users = await probes.portUsers();
  if (users === null) return ok('not looked at on this system');
  const box = await probes.runningBox(options.dataDir);
  const others = users.filter((user) => user.pid !== box?.pid);
  if (others.length === 0) return ok('no other program, as far as this user may see');
  const text = others.map(({ path, program, pid }) => `${program} (process ${pid}) has ${path}`).join(', ');
  const shared = others.find((user) => users.some((each) => each.path === user.path && each.pid !== user.pid));
  const twice = shared === undefined ? '' : `; two programs on ${shared.path} take each other's answers`;
  return warn(`${text}${twice}`, 'Close that program, or give the box another modem: one port serves one program.');
}

/** What stands between the box and its modems. */
export const modemChecks: readonly Check[] = [
  ['Serial ports', checkSerialPorts],
  ['Modems', checkModems],
  ['ModemManager', checkModemManager],
  ['udev rules', checkUdevRules],
  ['brltty', checkBrltty],
  ['Port users', checkPortUsers],
];
