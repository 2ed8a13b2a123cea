import { describe, expect, it } from 'vitest';
import { receiptWords } from '../../../server/carriers/smpp/receive/receipt.ts';
import type { SmppSettings } from '../../../server/carriers/smpp/settings.ts';
import { receiptText, tlv } from '../../fakes/smsc-wire.ts';
import { boundRig, submission, type Rig } from './rig.ts';

/** Sends one message that the SMSC gives this id. */
async function accepted(rig: Rig, id: string, msisdn = '66812345678'): Promise<string> {
  rig.smsc.onSubmit = () => id;
  const outcome = rig.carrier.submit(submission({ msisdn }));
  await rig.clock.advance(0);
  const settled = await outcome;
  if (settled.kind !== 'accepted') throw new Error(settled.kind);
  return settled.reference;
}

/** The reference under which the box is told of a receipt with this id. */
async function receipted(rig: Rig, id: string, msisdn = '66812345678'): Promise<string | undefined> {
  const status = rig.smsc.link().deliver({ source: msisdn, esmClass: 4, message: receiptText(id) });
  await rig.clock.advance(0);
  expect(await status).toBe(0);
  return rig.host.reports.at(-1)?.reference;
}

describe('receipts', () => {
  it('are read from the text', async () => {
    const rig = await boundRig({ receiptZone: 420 });
    const message = receiptText('00A7', 'UNDELIV', '02b');
    expect(await rig.smsc.link().deliver({ source: '66812345678', esmClass: 4, message })).toBe(0);
    expect(rig.host.reports).toEqual([
      {
        reference: 'a7',
        msisdn: '66812345678',
        verdict: 'failed',
        code: 'UNDELIV 02b',
        message: 'It cannot be delivered.',
        at: Date.UTC(2026, 0, 15, 3, 1),
      },
    ]);
  });

  it('are read from parameters, which count before the text, with or without one', async () => {
    const rig = await boundRig();
    const tlvs = [tlv(0x001e, 'X7'), tlv(0x0427, Buffer.from([3])), tlv(0x0423, Buffer.from([3, 0, 21]))];
    await rig.smsc.link().deliver({ source: '66812345678', esmClass: 4, message: receiptText('9'), tlvs });
    await rig.smsc.link().deliver({ source: '66812345678', esmClass: 0, tlvs });
    const wanted = { reference: 'x7', verdict: 'expired', code: 'EXPIRED 3.21', at: null };
    expect(rig.host.reports).toMatchObject([wanted, wanted]);
  });

  it.each([
    ['DELIVRD', 'delivered'],
    ['delivered', 'delivered'],
    ['EXPIRED', 'expired'],
    ['REJECTD', 'failed'],
    ['DELETED', 'failed'],
    ['UNKNOWN', 'failed'],
    ['FAILED', 'failed'],
    ['ENROUTE', 'trying'],
    ['ACCEPTD', 'trying'],
    ['BUFFERED', 'trying'],
  ])('that say %s mean %s', async (stat, verdict) => {
    const rig = await boundRig();
    await rig.smsc.link().deliver({ source: '66812345678', esmClass: 4, message: receiptText('1', stat) });
    expect(rig.host.reports).toMatchObject([{ verdict }]);
  });

  it('come as data_sm and as news on the way too', async () => {
    const rig = await boundRig();
    const text = Buffer.from(receiptText('5', 'ENROUTE'), 'latin1');
    const tlvs = [tlv(0x0424, text)];
    await rig.smsc.link().deliver({ source: '66812345678', esmClass: 0x20, tlvs });
    const head = Buffer.from('00000000000001030000000000000007', 'hex');
    const body = Buffer.concat([
      Buffer.from('\0\x01\x0166812345678\0\x05\0SEPSMS\0\x04\0\0', 'latin1'),
      tlv(0x0424, Buffer.from(receiptText('6'), 'latin1')),
    ]);
    head.writeUInt32BE(16 + body.length, 0);
    rig.smsc.link().raw(Buffer.concat([head, body]));
    await rig.clock.advance(0);
    expect(rig.host.reports).toMatchObject([
      { reference: '5', verdict: 'trying' },
      { reference: '6', verdict: 'delivered' },
    ]);
  });

  it('take the number of the other address when they do not come from one', async () => {
    const rig = await boundRig();
    await rig.smsc.link().deliver({ source: 'SEPSMS', dest: '66812345678', esmClass: 4, message: receiptText('1') });
    await rig.smsc.link().deliver({ source: 'SEPSMS', dest: 'SEPSMS', esmClass: 4, message: receiptText('1') });
    expect(rig.host.reports.map((report) => report.msisdn)).toEqual(['66812345678', null]);
  });

  it('that name nothing are counted and let go', async () => {
    const rig = await boundRig();
    for (const message of ['', 'Hello', 'stat:DELIVRD', 'id:5 stat:WHATEVER'])
      expect(await rig.smsc.link().deliver({ esmClass: 4, message })).toBe(0);
    expect(rig.host.reports).toEqual([]);
    await rig.clock.advance(1_000);
    expect(rig.carrier.status().facts['unreadableReceipts']).toBe(4);
  });

  it('are texts of somebody when only their words look like it', async () => {
    const rig = await boundRig();
    await rig.smsc.link().deliver({ message: receiptText('1') });
    expect(rig.host.reports).toEqual([]);
    expect(rig.host.inbounds).toMatchObject([{ text: receiptText('1') }]);
  });

  it('are answered only when they are stored, and come again when they cannot be', async () => {
    const rig = await boundRig();
    const { promise: stored, resolve: store } = Promise.withResolvers<void>();
    rig.host.beforeReport = () => stored;
    let answered: number | undefined;
    void rig.smsc
      .link()
      .deliver({ source: '66812345678', esmClass: 4, message: receiptText('1') })
      .then((status) => (answered = status));
    await rig.clock.advance(5_000);
    expect(answered).toBeUndefined();
    store();
    await rig.clock.advance(0);
    expect(answered).toBe(0);
    rig.host.beforeReport = () => Promise.reject(new Error('disk full'));
    expect(await rig.smsc.link().deliver({ source: '1234567', esmClass: 4, message: receiptText('2') })).toBe(0x64);
    expect(rig.host.reports).toHaveLength(1);
  });

  it('are given back when too many wait to be stored', async () => {
    const rig = await boundRig();
    const { promise: stored, resolve: store } = Promise.withResolvers<void>();
    rig.host.beforeReport = () => stored;
    const statuses = Array.from({ length: 2_001 }, (_, n) =>
      rig.smsc.link().deliver({ source: '66812345678', esmClass: 4, message: receiptText(String(n)) }),
    );
    expect(await statuses[2_000]).toBe(0x64);
    store();
    expect(await statuses[1_999]).toBe(0);
    expect(rig.host.reports).toHaveLength(2_000);
  });
});

describe('the words of a receipt', () => {
  it.each([
    ['id:0123 stat:DELIVRD', { id: '0123', stat: 'DELIVRD' }],
    ['STAT:DELIVRD ID:0123', { id: '0123', stat: 'DELIVRD' }],
    ['id: 55  stat: DELIVRD  err: 000 ', { id: '55', stat: 'DELIVRD', err: '000' }],
    ['id:1 submit_date:2601151000 donedate:2601151001', { id: '1', 'done date': '2601151001' }],
    [
      'id:1 sub:001 dlvrd:001 submit date:2601151000 done date:260115100159 stat:EXPIRED err:1 Text:id:9 stat:DELIVRD',
      { id: '1', stat: 'EXPIRED', 'done date': '260115100159' },
    ],
    ['Text:hello id:7 stat:UNDELIV', { id: '7', stat: 'UNDELIV', text: 'hello' }],
    ['id:ab-cd,stat:DELIVRD;err:5', { id: 'ab-cd', stat: 'DELIVRD', err: '5' }],
  ])('%s', (text, wanted) => {
    expect(Object.fromEntries(receiptWords(text))).toMatchObject(wanted);
  });
});

describe('message ids', () => {
  const cases: [SmppSettings['receiptIds'], string, string][] = [
    ['same', '00AB12', 'ab12'],
    ['same', 'ab12', '0000AB12'],
    ['same', '4F1C-9', '4f1c-9'],
    ['hex-decimal', '1A2B', '6699'],
    ['hex-decimal', '00001a2b', '0000006699'],
    ['decimal-hex', '6699', '1A2B'],
    ['decimal-hex', '0006699', '00001a2b'],
  ];
  it.each(cases)('%s: %s in the answer is %s in the receipt', async (receiptIds, answer, receipt) => {
    const rig = await boundRig({ receiptIds });
    const reference = await accepted(rig, answer);
    expect(await receipted(rig, receipt)).toBe(reference);
  });

  it.each([
    ['0AB1F2', '700914', 'hex-decimal'],
    ['700914', 'AB1F2', 'decimal-hex'],
    ['700914', '700914', 'same'],
  ] as const)('auto finds out that %s is %s', async (answer, receipt, form) => {
    const kept: string[] = [];
    const keepIdForm = (found: string) => {
      kept.push(found);
      return Promise.resolve();
    };
    const rig = await boundRig({}, { keepIdForm });
    const reference = await accepted(rig, answer);
    expect(await receipted(rig, receipt)).toBe(reference);
    expect(kept).toEqual(form === 'same' ? [] : [form]);
    await rig.clock.advance(1_000);
    expect(rig.carrier.status().facts['receiptIds']).toBe(form);
    // After a restart it is known for messages that this run has never seen.
    const next = await boundRig({}, { knownIdForm: form });
    expect(await receipted(next, receipt)).toBe(reference);
  });

  it('auto is not misled by an id that fits another number', async () => {
    const rig = await boundRig();
    await accepted(rig, 'AB1F2', '66811111111');
    expect(await receipted(rig, '700914', '66822222222')).toBe('700914');
  });

  it('auto goes back when the SMSC changes its ways', async () => {
    const rig = await boundRig({}, { knownIdForm: 'hex-decimal' });
    const reference = await accepted(rig, '700914');
    expect(await receipted(rig, '700914')).toBe(reference);
  });
});
