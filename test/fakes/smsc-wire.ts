/** The SMSC's own reading and writing of SMPP 3.4, apart from the product's, so that a wrong codec does not agree with itself. */

export interface WirePdu {
  readonly id: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Buffer;
}

export function pdu(
  id: number,
  status: number,
  sequence: number,
  ...body: readonly (Buffer | string | number)[]
): Buffer {
  const fields = body.map((field) => {
    if (typeof field === 'number') return Buffer.from([field]);
    return typeof field === 'string' ? Buffer.from(`${field}\0`, 'latin1') : field;
  });
  const content = Buffer.concat(fields);
  const head = Buffer.alloc(16);
  [16 + content.length, id, status, sequence].forEach((value, index) => head.writeUInt32BE(value, 4 * index));
  return Buffer.concat([head, content]);
}

export function tlv(tag: number, value: Buffer | string): Buffer {
  const content = typeof value === 'string' ? Buffer.from(`${value}\0`, 'latin1') : value;
  const head = Buffer.alloc(4);
  head.writeUInt16BE(tag, 0);
  head.writeUInt16BE(content.length, 2);
  return Buffer.concat([head, content]);
}

/** Cuts what came in into PDUs and gives what is left. */
export function cut(octets: Buffer): { readonly pdus: WirePdu[]; readonly rest: Buffer } {
  const pdus: WirePdu[] = [];
  let at = 0;
  while (octets.length - at >= 16) {
    const length = octets.readUInt32BE(at);
    if (octets.length - at < length) break;
    const [id = 0, status = 0, sequence = 0] = [4, 8, 12].map((offset) => octets.readUInt32BE(at + offset));
    pdus.push({ id, status, sequence, body: octets.subarray(at + 16, at + length) });
    at += length;
  }
  return { pdus, rest: octets.subarray(at) };
}

/** Takes fields out of a body one after the other. */
export class Fields {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  text(): string {
    const end = this.#body.indexOf(0, this.#at);
    if (end < 0) throw new Error('a string without its end');
    const value = this.#body.toString('latin1', this.#at, end);
    this.#at = end + 1;
    return value;
  }

  octet(): number {
    const value = this.#body.readUInt8(this.#at);
    this.#at += 1;
    return value;
  }

  octets(length: number): Buffer {
    const value = this.#body.subarray(this.#at, this.#at + length);
    if (value.length < length) throw new Error('the body is too short');
    this.#at += length;
    return value;
  }

  /** All that is left, as optional parameters. */
  tlvs(): Map<number, Buffer> {
    const found = new Map<number, Buffer>();
    while (this.#at < this.#body.length) {
      const head = this.octets(4);
      found.set(head.readUInt16BE(0), Buffer.from(this.octets(head.readUInt16BE(2))));
    }
    return found;
  }
}

export interface SeenSubmit {
  readonly sequence: number;
  readonly serviceType: string;
  readonly source: string;
  /** `ton.npi` of the source and of the destination. */
  readonly types: string;
  readonly dest: string;
  readonly esmClass: number;
  readonly validity: string;
  readonly registered: number;
  readonly dataCoding: number;
  readonly message: Buffer;
  readonly tlvs: ReadonlyMap<number, Buffer>;
}

export function readSubmit({ sequence, body }: WirePdu): SeenSubmit {
  const fields = new Fields(body);
  const serviceType = fields.text();
  const sourceType = `${fields.octet()}.${fields.octet()}`;
  const source = fields.text();
  const destType = `${fields.octet()}.${fields.octet()}`;
  const dest = fields.text();
  const esmClass = fields.octet();
  fields.octets(2);
  fields.text();
  const validity = fields.text();
  const registered = fields.octet();
  fields.octet();
  const dataCoding = fields.octet();
  fields.octet();
  const message = Buffer.from(fields.octets(fields.octet()));
  const types = `${sourceType} ${destType}`;
  return {
    sequence,
    serviceType,
    source,
    types,
    dest,
    esmClass,
    validity,
    registered,
    dataCoding,
    message,
    tlvs: fields.tlvs(),
  };
}

export interface Delivering {
  readonly source?: string;
  readonly dest?: string;
  readonly esmClass?: number;
  readonly dataCoding?: number;
  readonly message?: Buffer | string;
  readonly tlvs?: readonly Buffer[];
  readonly sourceTon?: number;
}

export function deliverSm(sequence: number, what: Delivering): Buffer {
  const { source = '66811111111', dest = 'SEPSMS', esmClass = 0, dataCoding = 0, message = '', tlvs = [] } = what;
  const octets = typeof message === 'string' ? Buffer.from(message, 'latin1') : message;
  const addresses = ['', what.sourceTon ?? 1, 1, source, 5, 0, dest];
  const settings = [esmClass, 0, 0, '', '', 0, 0, dataCoding, 0, octets.length];
  return pdu(0x05, 0, sequence, ...addresses, ...settings, octets, ...tlvs);
}

/** The text of a receipt as most SMSCs write it. */
export function receiptText(id: string, stat = 'DELIVRD', err = '000'): string {
  return `id:${id} sub:001 dlvrd:001 submit date:2601151000 done date:2601151001 stat:${stat} err:${err} text:Hello`;
}
