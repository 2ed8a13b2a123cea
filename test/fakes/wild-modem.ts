import { decodeSubmit } from '../../server/carriers/tpdu/network-side.ts';
import type { ByteStream, Clock } from '../../server/domain/ports.ts';
import { ok, saneAnswers } from './scripted-modem.ts';
import { WildLine } from './wild-line.ts';
import type { SaidFault } from './wild-line.ts';
import { fine, finePlan } from './wild-script.ts';
import type { SendPlan, SendStep, Taken, WildScript } from './wild-script.ts';
import { WildMemory } from './wild-memory.ts';

type State = 'line' | 'busy' | 'body';

/** From power to `RDY`. */
const bootMs = 1_000;
const pluggedInAgainMs = 3_000;

/**
 * A modem that does what a real one may do, fault after fault, and remembers what the network really got. It works off one
 * command after the other, as modems do, so answers may be late but never change places.
 */
export class WildModem {
  readonly taken: Taken[] = [];
  readonly memory = new WildMemory();
  readonly line: WildLine;
  readonly #clock: Clock;
  readonly #script: WildScript;
  #sends: SendPlan[] = [];
  #reads: SaidFault[] = [];
  #answers: SaidFault[] = [];
  #plan = finePlan;
  #state: State = 'line';
  #typed = '';
  #ahead = '';
  #echo: boolean;
  #textMode = false;
  #octets = 0;
  #reference: number;
  #plugged = true;
  #powered = true;
  #power = 0;

  constructor(clock: Clock, script: WildScript) {
    this.#clock = clock;
    this.#script = script;
    this.#echo = script.echo;
    this.#reference = script.firstReference;
    this.line = new WildLine(clock, (bytes) => this.#hear(bytes));
  }

  /** The faults begin. */
  run(): void {
    this.#sends = [...this.#script.sends];
    this.#reads = [...this.#script.reads];
    this.#answers = [...this.#script.answers];
  }

  /** The faults end. */
  calm(): void {
    this.#sends = [];
    this.#reads = [];
    this.#answers = [];
    this.#plan = { ...this.#plan, accident: null };
    this.line.calm();
  }

  open(): ByteStream {
    if (!this.#plugged) throw new Error('There is no port.');
    return this.line.open();
  }

  /** Says something unasked for; `arrived` is told when whoever reads the port has got it whole. */
  aside(text: string, fault: SaidFault = fine, arrived?: () => void): void {
    if (this.#powered) this.line.say(`\r\n${text}\r\n`, fault, arrived);
  }

  unplug(): void {
    this.#powerOff();
    this.#plugged = false;
    this.line.hangUp('unplugged');
    this.#clock.after(pluggedInAgainMs, () => {
      this.#plugged = true;
      this.#powerOn();
    });
  }

  restart(): void {
    this.#powerOff();
    this.#powerOn();
  }

  #powerOff(): void {
    this.#power += 1;
    this.#powered = false;
    this.#state = 'line';
    this.#typed = '';
    this.#ahead = '';
    this.#echo = this.#script.echo;
    this.#textMode = this.#script.textModeAtStart;
    this.memory.reset();
  }

  #powerOn(): void {
    this.#later(bootMs, () => {
      this.#powered = true;
      this.aside('RDY');
    });
  }

  /** Runs later, unless power is lost in between. */
  #later(ms: number, run: () => void): void {
    const power = this.#power;
    this.#clock.after(ms, () => {
      if (power === this.#power) run();
    });
  }

  #hear(text: string): void {
    if (!this.#powered) return;
    const echo = this.#state === 'busy' ? '' : text.replaceAll('\u001B', '');
    if (this.#echo && echo !== '') this.line.say(echo, fine);
    for (const character of text) {
      if (!this.#powered) return;
      if (this.#state === 'busy') this.#ahead += character;
      else this.#take(character);
    }
  }

  #take(character: string): void {
    if (character === '\u001B') {
      const left = this.#state === 'body';
      this.#idle();
      if (left) this.line.say('\r\nOK\r\n', this.#plan.fault);
    } else if (this.#state === 'body') this.#takeBody(character);
    else if (character === '\r') this.#run();
    else this.#typed += character;
  }

  #idle(): void {
    this.#state = 'line';
    this.#typed = '';
    const ahead = this.#ahead;
    this.#ahead = '';
    this.#hear(ahead);
  }

  #run(): void {
    const command = this.#typed.trim();
    this.#typed = '';
    const octets = /^AT\+CMGS=(\d+)$/.exec(command)?.[1];
    if (octets === undefined) this.#answer(command);
    else this.#beginSend(Number(octets));
  }

  #answer(command: string): void {
    const read = this.memory.answer(command);
    const fault = (read === null ? this.#answers : this.#reads).shift() ?? fine;
    if (command === 'ATE0') this.#echo = false;
    if (/^AT\+CMGF=[01]$/.test(command)) this.#textMode = command.endsWith('1');
    const known = read ?? this.#name(command) ?? saneAnswer(command);
    this.#state = 'busy';
    this.#later(fault.lateMs, () => {
      if (!fault.missing) this.line.say(known, { ...fault, lateMs: 0 });
      this.#idle();
      if (/^AT(?:\+CFUN=1,1|\+CRESET|\^RESET)$/.test(command)) this.restart();
      if (command.startsWith('AT+CUSD=1'))
        this.#later(1_000, () => this.aside('+CUSD: 0,"Balance 100.00 THB",15', fault));
    });
  }

  #name(command: string): string | null {
    if (command === 'AT+CGMI') return ok(this.#script.maker);
    return command === 'AT+CGMM' ? ok(this.#script.model) : null;
  }

  #beginSend(octets: number): void {
    this.#plan = this.#sends.shift() ?? finePlan;
    this.#octets = octets;
    const { prompt, promptText, promptMs, asides, fault } = this.#plan;
    this.#state = 'busy';
    if (this.#accident('command')) return;
    for (const aside of asides[0]) this.aside(aside);
    this.#later(promptMs, () => {
      if (prompt === 'deaf') {
        this.#idle();
      } else if (typeof prompt === 'object') {
        this.line.say(`\r\n${prompt.error}\r\n`, fault);
        this.#idle();
      } else {
        if (prompt === 'yes') this.line.say(promptText, { ...fault, garble: null, aside: null });
        this.#state = 'body';
        if (this.#accident('prompt')) return;
        const ahead = this.#ahead;
        this.#ahead = '';
        this.#hear(ahead);
      }
    });
  }

  #takeBody(character: string): void {
    if (character === '\u001A') {
      this.#endBody();
      return;
    }
    if (this.#typed === '') {
      if (this.#accident('first-octet')) return;
      for (const aside of this.#plan.asides[1]) this.aside(aside);
    }
    this.#typed += character;
    if (this.#typed.length === this.#octets) this.#accident('body');
  }

  #endBody(): void {
    const body = this.#typed;
    this.#typed = '';
    this.#state = 'busy';
    const { fate, answer, answerMs, asides, fault } = this.#plan;
    if (this.#accident('ctrl-z')) return;
    this.#later(answerMs / 2, () => {
      const taken = fate.taken ? this.#handOver(body) : null;
      if (this.#accident('taken')) return;
      this.#later(answerMs / 2, () => {
        for (const aside of asides[2]) this.aside(aside);
        if (taken === null) this.#refuse(fate.taken ? '+CMS ERROR: 304' : fate.error, fault);
        else this.#tell(taken.reference, answer);
      });
    });
  }

  /** Null when the body is no message: it is not sent. In text mode whatever stands there is one. */
  #handOver(body: string): Taken | null {
    const reference = this.#reference;
    const sms = this.#textMode ? { destination: String(this.#octets), text: body } : readPdu(body, this.#octets);
    if (sms === null) return null;
    this.#reference = (reference + 1) & 0xff;
    const taken = { destination: sms.destination, text: sms.text, reference };
    this.taken.push(taken);
    return taken;
  }

  #refuse(error: string | null, fault: SaidFault): void {
    if (error !== null) this.line.say(`\r\n${error}\r\n`, fault);
    this.#idle();
  }

  #tell(reference: number, answer: SendPlan['answer']): void {
    const { asides, fault } = this.#plan;
    const told = `\r\n+CMGS: ${reference}\r\n`;
    const parts: Record<SendPlan['answer'], readonly string[]> = {
      normal: [told, '\r\nOK\r\n'],
      'ok-first': ['\r\nOK\r\n', told],
      'no-ok': [told],
      'no-reference': ['\r\nOK\r\n'],
      nothing: [],
      'network-timeout': ['\r\n+CMS ERROR: 332\r\n'],
    };
    const [first, second] = parts[answer];
    // One digit of this error less, and it says that nothing was sent.
    const garble = answer === 'network-timeout' ? null : fault.garble;
    if (first !== undefined) this.line.say(first, { ...fault, garble });
    if (this.#accident('reference')) return;
    for (const aside of asides[3]) this.aside(aside);
    if (second !== undefined) this.line.say(second, { ...fault, lateMs: 0 });
    if (this.#accident('ok')) return;
    for (const aside of asides[4]) this.aside(aside);
    this.#idle();
  }

  #accident(at: SendStep): boolean {
    const { accident } = this.#plan;
    if (accident?.at !== at) return false;
    this.#plan = { ...this.#plan, accident: null };
    if (accident.kind === 'unplug') this.unplug();
    else this.restart();
    return true;
  }
}

function readPdu(body: string, octets: number): { destination: string; text: string } | null {
  const service = Number.parseInt(body.slice(0, 2), 16);
  if (body.length / 2 - 1 - service !== octets) return null;
  try {
    return decodeSubmit(body);
  } catch {
    return null;
  }
}

function saneAnswer(command: string): string {
  if (/^AT\+(?:CUSD|CMGF)=/.test(command)) return ok();
  const known = saneAnswers[command] ?? saneAnswers[command.replace(/=[^?].*$/, '=')];
  return typeof known === 'string' ? known : '\r\nERROR\r\n';
}
