/** Longest text that is put together, in lines and characters; a USSD string has at most 182 characters. */
const mostLines = 40;
const mostCharacters = 2_000;

const opening = /^\+CUSD:\s*\d\s*,\s*"/;
/** The end of the text, with or without its coding. */
const closing = /"\s*(?:,\s*\d{1,3}\s*)?$/;
/** Lines that are the modem's own, so that a lost quotation mark swallows no answer. */
const ownLine = /^(?:OK|ERROR|RING|RDY|NO CARRIER|BUSY|[+^*][A-Z][A-Z0-9]*(?::.*|$)|\+CM[SE] ERROR:.*)$/;

/** Puts `+CUSD: 1,"first line` and the lines behind it together, up to the closing quotation mark. 3GPP TS 27.007 §7.15. */
export class QuotedText {
  #open: string[] = [];
  #length = 0;

  /** The lines that are whole now: none while a text goes on, and what was begun in front of a line that ends it. */
  push(line: string): readonly string[] {
    if (this.#open.length === 0) {
      const head = opening.exec(line);
      if (head === null || closing.test(line.slice(head[0].length))) return [line];
      this.#add(line);
      return [];
    }
    if (ownLine.test(line)) return [this.#take(), ...this.push(line)];
    this.#add(line);
    const over = closing.test(line) || this.#open.length >= mostLines || this.#length >= mostCharacters;
    return over ? [this.#take()] : [];
  }

  #add(line: string): void {
    this.#open.push(line);
    this.#length += line.length;
  }

  #take(): string {
    const whole = this.#open.join('\n');
    this.#open = [];
    this.#length = 0;
    return whole;
  }
}
