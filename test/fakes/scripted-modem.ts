import type { ByteStream } from '../../server/domain/ports.ts';

/** An answer as the bytes on the wire; null is silence; a function is asked at each command. */
export type Answer = string | null | ((line: string) => string | null);

export function ok(...lines: string[]): string {
  return [...lines, 'OK'].map((line) => `\r\n${line}\r\n`).join('');
}

/** What a plain, healthy modem answers; a test overrides what it is about. */
export const saneAnswers: Readonly<Record<string, Answer>> = {
  AT: ok(),
  ATE0: ok(),
  ATV1: ok(),
  ATQ0: ok(),
  'AT+CMEE=1': ok(),
  'AT+CGMI': ok('Maker'),
  'AT+CGMM': ok('Model 1'),
  'AT+CGMR': ok('Rev 2'),
  'AT+CGSN': ok('867000000000001'),
  'AT+CFUN?': ok('+CFUN: 1'),
  'AT+CCID': ok('+CCID: 8966010000000000001F'),
  'AT+CPIN?': ok('+CPIN: READY'),
  'AT+CIMI': ok('520030000000001'),
  'AT+CREG=1': ok(),
  'AT+CREG?': ok('+CREG: 1,1'),
  'AT+CSQ': ok('+CSQ: 20,0'),
  'AT+COPS=3,0': ok(),
  'AT+COPS?': ok('+COPS: 0,0,"AIS",7'),
  'AT+CSMS=?': ok('+CSMS: (0,1)'),
  'AT+CSMS=1': ok('+CSMS: 1,1,1'),
  'AT+CMGF=0': ok(),
  'AT+CSCA?': ok('+CSCA: "+66818110888",145'),
  'AT+CPMS=?': ok('+CPMS: ("SM","ME","SR"),("SM","ME"),("SM","ME")'),
  'AT+CPMS?': ok('+CPMS: "SM",1,20,"SM",1,20,"SM",1,20'),
  'AT+CPMS=': ok('+CPMS: 0,20,0,20,0,20'),
  'AT+CNMI=?': ok('+CNMI: (0-2),(0-3),(0,2),(0-2),(0,1)'),
  'AT+CNMI=': ok(),
  'AT+CMGL=4': ok(),
  'AT+CMGD=': ok(),
  'AT+CMMS=1': ok(),
  'AT+CNMA': ok(),
  'AT+CMGS=': '\r\n> ',
};

/**
 * A modem whose every byte is written in the test. Answers are found by the whole command, then by its part up to `=`.
 * It knows the prompt: after an answer that ends in `>`, everything up to Ctrl-Z is a body and ESC leaves it.
 */
export class ScriptedModem {
  /** Complete commands and `body:<hex>`, in the order in which they came. */
  readonly heard: string[] = [];
  readonly answers = new Map<string, Answer>();
  /** What answers the body of a message. */
  body: Answer = () => ok(`+CMGS: ${this.#reference++}`);
  opened = 0;
  closed = 0;
  #reference = 1;
  #receive: ((bytes: Uint8Array) => void) | null = null;
  #ended: ((reason: string) => void) | null = null;
  #input = '';
  #inPrompt = false;
  #writeFails = false;

  constructor(answers: Readonly<Record<string, Answer>> = {}) {
    for (const [command, answer] of Object.entries(answers)) this.answers.set(command, answer);
  }

  /** Opens the port: a fresh stream, on which the modem remembers nothing of the line before. */
  open(): ByteStream {
    this.opened += 1;
    this.#input = '';
    this.#inPrompt = false;
    let open = true;
    let receive: ((bytes: Uint8Array) => void) | null = null;
    let ended: ((reason: string) => void) | null = null;
    const end = (reason: string): void => {
      if (!open) return;
      open = false;
      ended?.(reason);
    };
    return {
      write: (bytes) => {
        if (!open || this.#writeFails) return Promise.reject(new Error('the port is gone'));
        this.#take(Buffer.from(bytes).toString('latin1'));
        return Promise.resolve();
      },
      onData: (callback) => {
        receive = callback;
        this.#receive = (bytes) => {
          if (open) receive?.(bytes);
        };
      },
      onClose: (callback) => {
        ended = callback;
        this.#ended = end;
      },
      close: () => {
        this.closed += open ? 1 : 0;
        end('closed');
        return Promise.resolve();
      },
    };
  }

  /** Bytes that nobody asked for, or the answer to what was left silent. */
  say(text: string): void {
    this.#receive?.(Buffer.from(text, 'latin1'));
  }

  /** The prompt for a message that was asked for and left silent. */
  prompt(): void {
    this.#inPrompt = true;
    this.say('\r\n> ');
  }

  unplug(): void {
    this.#ended?.('unplugged');
  }

  failWrites(fail: boolean): void {
    this.#writeFails = fail;
  }

  count(command: string): number {
    return this.heard.filter((line) => line === command).length;
  }

  get bodies(): string[] {
    return this.heard.filter((line) => line.startsWith('body:')).map((line) => line.slice('body:'.length));
  }

  #take(text: string): void {
    for (const character of text) {
      if (character === '\u001B') {
        this.#inPrompt = false;
        this.#input = '';
      } else if (this.#inPrompt && character === '\u001A') this.#endBody();
      else if (!this.#inPrompt && character === '\r') this.#endCommand();
      else this.#input += character;
    }
  }

  #endBody(): void {
    const hex = this.#input;
    this.#input = '';
    this.#inPrompt = false;
    this.heard.push(`body:${hex}`);
    this.#answer(this.body, hex);
  }

  #endCommand(): void {
    const line = this.#input;
    this.#input = '';
    this.heard.push(line);
    this.#answer(this.#find(line), line);
  }

  #find(line: string): Answer {
    const family = line.replace(/=[^?].*$/, '=');
    for (const table of [this.answers, new Map(Object.entries(saneAnswers))]) {
      for (const key of [line, family]) {
        const answer = table.get(key);
        if (answer !== undefined) return answer;
      }
    }
    return '\r\nERROR\r\n';
  }

  #answer(answer: Answer, line: string): void {
    const text = typeof answer === 'function' ? answer(line) : answer;
    if (text === null) return;
    if (/>\s*$/.test(text)) this.#inPrompt = true;
    queueMicrotask(() => this.say(text));
  }
}
