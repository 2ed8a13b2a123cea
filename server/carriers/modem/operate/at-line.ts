import { AppError } from '../../../domain/errors.ts';

/** A command line for the modem that a person may write. */
export interface AtLine {
  readonly text: string;
  /** It may change settings that the box relies on. */
  readonly changes: boolean;
}

const longest = 256;

const reasons = {
  messages: 'Messages are sent and deleted by the box itself; this command would come in between.',
  lock: 'PINs, PUKs and locks are not entered here, as three wrong ones block the SIM. Enter the PIN in the settings of this modem.',
  ussd: 'Dial codes with the USSD command of the box, which waits for the answer.',
  line: 'This command would take the line to the modem away from the box.',
  off: 'This command would switch the modem off or put it to sleep. To restart it, use AT+CFUN=1,1.',
  firmware: 'This command changes the identity or the firmware of the modem.',
  search: 'A search for all networks stops the modem for minutes. AT+COPS? tells the present one.',
} as const;
type Reason = keyof typeof reasons;

/** What is refused, whatever its arguments. Questions (`?`, `=?`) are not. */
const refused: readonly (readonly [Reason, RegExp])[] = [
  ['messages', /^\+(?:CMGS|CMGW|CMGC|CMSS|CNMA|CMGDA)$/],
  ['lock', /^(?:\+(?:CPIN2?|CPWD|CSIM|CGLA|CCHO|CCHC)|\^(?:CPIN|CARDLOCK|SIMLOCK))$/],
  ['line', /^\+(?:CMUX|IPR|ICF|IFC|CGDATA|FCLASS|CIP[A-Z]+|QIOPEN|QISEND\w*|QURCCFG|QLINUXCMD)$/],
  ['line', /^(?:\^(?:NDISDUP|DATAMODE|PORTSEL|SETPORT|U2DIAG)|\$QCRMCALL)$/],
  ['off', /^(?:\+(?:CPOF|CPOWD|QPOWD|CPSMS|QSCLK|CSCLK)|\^(?:SMSO|SHUTDOWN|POWERDOWN))$/],
  ['firmware', /^(?:\+(?:EGMR|SIMEI|CFOTA|QFOTADL|QPRTPARA)|\^(?:NV\w*|FWUP|FACTORY\w*|PHYNUM)|\$QC\w*|!.*)$/],
];

/** Questions that the modem takes without `?`. */
const asking =
  /^[+^*](?:CSQ|CESQ|CGMI|CGMM|CGMR|CGSN|GMI|GMM|GMR|GSN|CIMI|Q?CCID|C?ICCID|CNUM|CPAS|CEER|CLAC|CBC|SPIC|QNWINFO|QCSQ|HCSQ|CPSI)$/;

interface Piece {
  readonly name: string;
  readonly form: 'run' | 'ask' | 'test' | 'set';
  readonly args: string;
}

/**
 * Looks at one command line before it goes to the modem as it is: `AT`, printable ASCII, at most 256 octets, several
 * commands with `;` between them (ITU-T V.250 §5.2). Throws `validation.failed`, with words, for what would break the
 * driver, lose messages or lock the SIM.
 */
export function checkAtLine(line: string): AtLine {
  const text = line.trim();
  if (!/^AT/i.test(text)) throw refusal('An AT command begins with AT.');
  if (text.length > longest) throw refusal(`An AT command has at most ${longest} characters.`);
  if (!/^[ -~]*$/.test(text)) throw refusal('An AT command is one line of plain ASCII characters.');
  const pieces = splitCommands(text.slice(2)).map(readPiece);
  for (const piece of pieces) checkPiece(piece);
  return { text, changes: pieces.some(isChange) };
}

function refusal(message: string): AppError {
  return new AppError('validation.failed', message);
}

function splitCommands(body: string): string[] {
  const commands: string[] = [''];
  let quoted = false;
  for (const character of body) {
    if (character === '"') quoted = !quoted;
    if (character === ';' && !quoted) commands.push('');
    else commands.push(`${commands.pop() ?? ''}${character}`);
  }
  if (quoted) throw refusal('A quotation mark is missing.');
  return commands.map((command) => command.trim()).filter((command) => command !== '');
}

const basic = /^(?:I\d?|E[01]?|Z\d?|&F\d?|&V\d?|V1|Q0)$/i;
const forms: ReadonlyMap<string, Piece['form']> = new Map([
  ['', 'run'],
  ['?', 'ask'],
  ['=?', 'test'],
]);
const extended = /^([+^*$#%!][A-Z0-9_]+)\s*(=\s*\?|\?|=|)(.*)$/i;

function readPiece(command: string): Piece {
  if (basic.test(command)) return { name: command.toUpperCase(), form: 'run', args: '' };
  const match = extended.exec(command);
  const name = match?.[1]?.toUpperCase();
  const sign = match?.[2] ?? '';
  const args = (match?.[3] ?? '').trim();
  const readable = sign === '=' || args === '';
  // A modem that reads on behind an argument must not find a second command there.
  const hidden = /[+^*$#%!&][A-Z]/i.test(args.replaceAll(/"[^"]*"/g, ''));
  if (name === undefined || !readable || hidden) {
    throw refusal('Write commands such as AT+CSQ, AT+COPS? or AT+CSCA="+66…", several with ; between them.');
  }
  return { name, form: forms.get(sign.replaceAll(/\s/g, '')) ?? 'set', args };
}

function checkPiece(piece: Piece): void {
  const reason = reasonAgainst(piece);
  if (reason !== null) throw refusal(reasons[reason]);
}

function reasonAgainst({ name, form, args }: Piece): Reason | null {
  const values = args.replaceAll(/[\s"]/g, '').split(',');
  if (form === 'test') return name === '+COPS' ? 'search' : null;
  if (form === 'ask') return null;
  if (name === '+CUSD') return form === 'set' && (values[0] === '0' || values[0] === '2') ? null : 'ussd';
  if (name === '+CMGD' && values.length > 1 && values[1] !== '0') return 'messages';
  if (name === '+CFUN' && form === 'set' && values[0] !== '1') return 'off';
  if (name === '+CLCK' && values[1] !== '2') return 'lock';
  if (name === '+CRSM' && !['176', '178', '192', '242'].includes(values[0] ?? '')) return 'lock';
  return refused.find(([, names]) => names.test(name))?.[0] ?? null;
}

function isChange({ name, form, args }: Piece): boolean {
  if (form === 'ask' || form === 'test' || asking.test(name) || /^(?:I\d?|&V\d?)$/.test(name)) return false;
  return !(name === '+CRSM' || name === '+CMGR' || name === '+CMGL' || (name === '+CLCK' && args !== ''));
}
