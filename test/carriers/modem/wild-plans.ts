import * as fc from 'fast-check';
import { encodeDeliver, encodeStatusReport } from '../../../server/carriers/tpdu/network-side.ts';
import type { CarrierCommand } from '../../../server/domain/carrier-command.ts';
import type { SaidFault, WriteFault } from '../../fakes/wild-line.ts';
import { sendSteps } from '../../fakes/wild-script.ts';
import type { SendPlan, WildScript } from '../../fakes/wild-script.ts';

const sentAt = Date.UTC(2026, 0, 15, 4, 0, 0);

/** A text from the network that only this number has. */
export function received(number: number): string {
  return encodeDeliver({ from: '66898765432', text: `received ${number}`, sentAt });
}

export function reported(number: number): string {
  return encodeStatusReport({ reference: number, recipient: '66812345678', sentAt, doneAt: sentAt, status: 0 });
}

/** Whatever a modem says between two answers; nothing of it ends a command. */
const asides = fc.constantFrom(
  'RING',
  'NO CARRIER',
  'BUSY',
  '^RSSI: 20',
  '^BOOT:20952548,0,0,0,6',
  '+CREG: 1',
  '+CGREG: 5,"1A2B","01C3D4E5",7',
  '+CREG: 2',
  '+CSQ: 5,99',
  '+CMTI: "SM",20',
  '+CDSI: "SR",20',
  `+CDS: 25\r\n${reported(201)}`,
  `+CMT: ,24\r\n${received(202)}`,
  `+CBM: 88\r\n${'0000'.repeat(44)}`,
  '^SMMEMFULL: "SM"',
  '+CUSD: 2',
  '+CUSD: 1,"1 Win\r\n2 Lose",15',
  '+CUSD: 0,"a mark is lost',
  'PB DONE',
  '+QIND: SMS DONE',
  '> ',
);

/** Evenly spread, which `fc.double` is not. */
const share = fc.nat(999).map((thousandths) => thousandths / 1000);

const garble = fc.record({
  at: share,
  octet: fc.option(fc.nat(255)),
  insert: fc.boolean(),
});

const lateness = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 4_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4_000, max: 90_000 }) },
);

export const saidFault: fc.Arbitrary<SaidFault> = fc.record({
  lateMs: lateness,
  missing: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  cuts: fc.array(share, { maxLength: 4 }),
  garble: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: garble }),
  aside: fc.option(fc.record({ at: share, text: asides }), { freq: 3 }),
});

/** A digit that becomes another one leaves a message that nobody can tell from the true one. */
const readFault = saidFault.filter(
  ({ garble: octet }) => octet === null || octet.octet === null || !/[0-9A-F]/i.test(String.fromCharCode(octet.octet)),
);

/** Errors of every class, in every form; none of them says that the message has gone. */
export const errors = [
  'ERROR',
  'COMMAND NOT SUPPORT',
  '+CMS ERROR: 8',
  '+CMS ERROR: 17',
  '+CMS ERROR: 21',
  '+CMS ERROR: 38',
  '+CMS ERROR: 42',
  '+CMS ERROR: 50',
  '+CMS ERROR: 69',
  '+CMS ERROR: 193',
  '+CMS ERROR: 300',
  '+CMS ERROR: 302',
  '+CMS ERROR: 304',
  '+CMS ERROR: 310',
  '+CMS ERROR: 314',
  '+CMS ERROR: 322',
  '+CMS ERROR: 331',
  '+CMS ERROR: 500',
  '+CMS ERROR: SIM busy',
  '+CMS ERROR: what nobody knows',
  '+CME ERROR: 3',
  '+CME ERROR: 10',
  '+CME ERROR: 14',
  '+CME ERROR: 30',
  '+CME ERROR: 100',
  '+CME ERROR: SIM failure',
] as const;

const fate: fc.Arbitrary<SendPlan['fate']> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ taken: true as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ taken: fc.constant(false as const), error: fc.option(fc.constantFrom(...errors)) }),
  },
);

const fewAsides = fc.array(asides, { maxLength: 2 });

export const sendPlan: fc.Arbitrary<SendPlan> = fc.record({
  prompt: fc.oneof(
    { weight: 8, arbitrary: fc.constant<'yes'>('yes') },
    { weight: 1, arbitrary: fc.constantFrom<'mute' | 'deaf'>('mute', 'deaf') },
    { weight: 1, arbitrary: fc.record({ error: fc.constantFrom(...errors) }) },
  ),
  promptText: fc.constantFrom('\r\n> ', '\r\n>', '> ', '>', '\r\n\r\n> '),
  promptMs: fc.oneof(lateness, fc.constant(0)),
  fate,
  answer: fc.oneof(
    { weight: 4, arbitrary: fc.constant<'normal'>('normal') },
    {
      weight: 1,
      arbitrary: fc.constantFrom<SendPlan['answer']>('ok-first', 'no-ok', 'no-reference', 'nothing', 'network-timeout'),
    },
  ),
  answerMs: lateness,
  asides: fc.tuple(fewAsides, fewAsides, fewAsides, fewAsides, fewAsides),
  fault: saidFault,
  accident: fc.option(
    fc.record({ at: fc.constantFrom(...sendSteps), kind: fc.constantFrom<'unplug' | 'restart'>('unplug', 'restart') }),
    { freq: 3 },
  ),
});

const makers = [
  { maker: 'Maker', model: 'Model 1' },
  { maker: 'huawei', model: 'E173' },
  { maker: 'Quectel', model: 'EC25' },
  { maker: 'SIMCOM INCORPORATED', model: 'SIM7600E-H' },
  { maker: 'SIMCOM INCORPORATED', model: 'A7670E' },
  { maker: 'WAVECOM MODEM', model: 'FASTRACK' },
  { maker: 'Nokia', model: 'Nokia 6310i' },
] as const;

export const script: fc.Arbitrary<WildScript> = fc
  .record({
    make: fc.constantFrom(...makers),
    echo: fc.boolean(),
    textModeAtStart: fc.boolean(),
    firstReference: fc.constantFrom(0, 7, 254),
    sends: fc.array(sendPlan, { maxLength: 6 }),
    reads: fc.array(readFault, { maxLength: 8 }),
    answers: fc.oneof(fc.constant([]), fc.array(saidFault, { maxLength: 10 })),
  })
  .map(({ make, ...rest }) => ({ ...make, ...rest }));

export const writes: fc.Arbitrary<WriteFault[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<WriteFault[]>([]) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom<WriteFault>('none', 'slow', 'lost', 'stuck-but-written'), { maxLength: 6 }),
  },
);

/** What comes in between, whatever the driver is at. */
export type Happening =
  | { readonly type: 'pass'; readonly ms: number }
  | { readonly type: 'message'; readonly memory: 'SM' | 'ME'; readonly announced: boolean; readonly fault: SaidFault }
  | { readonly type: 'report'; readonly fault: SaidFault }
  | { readonly type: 'operate'; readonly command: CarrierCommand }
  | { readonly type: 'unplug' }
  | { readonly type: 'restart' };

const command = fc.constantFrom<CarrierCommand>(
  { kind: 'probe' },
  { kind: 'balance' },
  { kind: 'ussd', code: '*123#' },
  { kind: 'at', line: 'AT+CSQ' },
  { kind: 'at', line: 'AT+CMGF=1' },
);

export const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 40_000 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('message' as const),
      memory: fc.constantFrom<'SM' | 'ME'>('SM', 'ME'),
      announced: fc.boolean(),
      fault: saidFault,
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('report' as const), fault: saidFault }) },
  { weight: 1, arbitrary: command.map((each): Happening => ({ type: 'operate', command: each })) },
  { weight: 1, arbitrary: fc.constantFrom<Happening>({ type: 'unplug' }, { type: 'restart' }) },
);
