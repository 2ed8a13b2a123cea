import { QuotedText } from './quoted-text.ts';

/** What a modem's byte stream is cut into. `pdu` is a line taken by its position behind a header, not by its looks. */
export type LineToken =
  | { readonly type: 'line'; readonly text: string }
  | { readonly type: 'prompt' }
  | { readonly type: 'pdu'; readonly header: string; readonly text: string };

/** The longest line that is kept, in octets, several times a PDU; a longer one is noise and is dropped up to its end. */
export const maxLineLength = 4 * 1024;

/** Headers wait for their PDU on a stack, because an indication may cut in between a header and its PDU. */
const maxOpenHeaders = 4;

/** The shortest hex that can be a deliver or a report, so that a late serial number is not taken for one. */
const minIndicatedPdu = 26;

const CR = 0x0d;
const LF = 0x0a;
const SUB = 0x1a;
const ESC = 0x1b;
const promptByte = 0x3e;

const listHeader = /^\+(?:CMGR|CMGL):/;
const indicationHeader = /^\+(?:CMT|CDS|CBM):/;
const finalLine = /^(?:OK|ERROR|COMMAND NOT SUPPORT|\+CM[SE] ERROR:.*)$/;
const resultLine = /^[+^*][A-Z]/;
const knownWords = /^(?:RING|RDY|NO CARRIER|BUSY|Call Ready|SMS Ready|SMS DONE|PB DONE)\b/;

/**
 * Cuts bytes into lines, prompts and PDU lines (3GPP TS 27.005 §3.4, §4.1–4.3); a USSD text of several lines counts as
 * one. Chunks may be cut anywhere, and garbage is survived: control octets vanish, lines are bounded, nothing throws.
 */
export class LineParser {
  #line: number[] = [];
  #skipping = false;
  #armed = false;
  readonly #quoted = new QuotedText();
  readonly #headers: string[] = [];

  /** While armed, a `>` at the start of a line is the prompt for a PDU; the first one disarms. */
  armPrompt(armed: boolean): void {
    this.#armed = armed;
  }

  push(bytes: Uint8Array): LineToken[] {
    const tokens: LineToken[] = [];
    for (const byte of bytes) this.#take(byte, tokens);
    return tokens;
  }

  #take(byte: number, tokens: LineToken[]): void {
    if (byte === CR || byte === LF || byte === SUB || byte === ESC) {
      this.#endLine(tokens);
      return;
    }
    if (byte < 0x20 || byte === 0x7f || this.#skipping) return;
    if (this.#line.length === 0) {
      if (byte === 0x20) return;
      if (byte === promptByte && this.#armed) {
        this.#armed = false;
        tokens.push({ type: 'prompt' });
        return;
      }
    }
    if (this.#line.length >= maxLineLength) {
      this.#line = [];
      this.#skipping = true;
      return;
    }
    this.#line.push(byte);
  }

  #endLine(tokens: LineToken[]): void {
    const line = this.#line;
    this.#line = [];
    if (this.#skipping) {
      this.#skipping = false;
      return;
    }
    // A prompt that nobody waits for any more stands in front of the next answer.
    const text = Buffer.from(line)
      .toString('latin1')
      .replace(/^(?:>\s*)+/, '')
      .trim();
    if (text === '') return;
    for (const whole of this.#quoted.push(text)) tokens.push(this.#tokenOf(whole));
  }

  #tokenOf(text: string): LineToken {
    const header = this.#headers.at(-1);
    if (header !== undefined && isPduFor(header, text)) {
      this.#headers.pop();
      return { type: 'pdu', header, text };
    }
    if (finalLine.test(text)) this.#dropListHeaders();
    else if (header !== undefined && !resultLine.test(text) && !knownWords.test(text)) this.#headers.pop();
    if (listHeader.test(text) || indicationHeader.test(text)) this.#open(text);
    return { type: 'line', text };
  }

  #open(header: string): void {
    // A second entry of a list means that the one before it had no PDU.
    if (listHeader.test(header)) this.#dropListHeaders();
    this.#headers.push(header);
    if (this.#headers.length > maxOpenHeaders) this.#headers.shift();
  }

  #dropListHeaders(): void {
    const kept = this.#headers.filter((header) => !listHeader.test(header));
    this.#headers.splice(0, this.#headers.length, ...kept);
  }
}

/** A damaged PDU still counts: only results, known words and lines too short for one are something else. */
function isPduFor(header: string, text: string): boolean {
  if (resultLine.test(text) || knownWords.test(text) || finalLine.test(text)) return false;
  return listHeader.test(header) || text.length >= minIndicatedPdu;
}
