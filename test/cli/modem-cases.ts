import type { ModemItem } from '../../server/contract/admin-modems.ts';
import { carrier } from './answers.ts';
import type { CommandCase } from './command-case.ts';

const quectel: ModemItem = {
  imei: '867000000000001',
  manufacturer: 'Quectel',
  model: 'EC25',
  sim: 'ready',
  operator: 'AIS',
  signalDbm: -71,
  device: 'Quectel EC25/EG25',
  usb: '2c7c:0125',
  ports: [
    { path: '/dev/ttyUSB0', stable: null, role: 'diagnostic' },
    { path: '/dev/ttyUSB2', stable: '/dev/serial/by-id/usb-Quectel-if02-port0', role: 'commands' },
  ],
  port: '/dev/ttyUSB2',
  baudRate: null,
  carrier: null,
  free: true,
  problem: null,
};
const hilink: ModemItem = {
  ...quectel,
  imei: null,
  manufacturer: null,
  model: null,
  device: 'Huawei HiLink',
  ports: [],
  port: null,
  free: false,
  problem: 'It shows itself as a network card.',
};

export const modemCases: readonly CommandCase[] = [
  {
    args: ['modem', 'list'],
    operation: 'modems',
    answer: { items: [quectel, { ...quectel, free: false, carrier: { id: 3, name: 'Office' } }, hilink] },
    path: '/modems',
    reads: [
      'MODEM          IMEI             PORT          STATE\n',
      'Quectel EC25   867000000000001  /dev/ttyUSB2  free\n',
      'used by carrier 3 "Office"\n',
      'Huawei HiLink  -                -             It shows itself as a network card.\n',
    ],
  },
  {
    args: ['modem', 'list'],
    operation: 'modems',
    answer: { items: [] },
    path: '/modems',
    reads: ['No modem is plugged in'],
  },
  {
    args: ['modem', 'scan'],
    operation: 'modemScan',
    answer: { items: [{ ...quectel, carrier: { id: 3, name: 'Office' }, free: false, problem: 'It is mute.' }] },
    path: '/modems/scan',
    reads: ['used by carrier 3 "Office". It is mute.\n'],
  },
  {
    args: ['carrier', 'add', 'modem', '--imei', '867000000000001', '--name', 'Till'],
    operation: 'carrierAdd',
    answer: carrier,
    path: '/carriers',
    body: { kind: 'modem', name: 'Till', imei: '867000000000001' },
    reads: ['Carrier 3'],
  },
  {
    args: ['carrier', 'add', 'modem'],
    operation: 'carrierAdd',
    answer: carrier,
    path: '/carriers',
    body: { kind: 'modem' },
    reads: ['Carrier 3'],
  },
  {
    args: ['carrier', 'set-modem', '3', '--pin', '1234', '--number', 'none', '--balance-every', '12'],
    operation: 'carrierChange',
    answer: carrier,
    path: '/carriers/3',
    body: { kind: 'modem', pin: '1234', number: null, balanceEveryHours: 12 },
    reads: ['Carrier 3'],
  },
  {
    args: ['carrier', 'rename', '3', 'Till'],
    operation: 'carrierTerms',
    answer: { ...carrier, name: 'Till' },
    path: '/carriers/3/terms',
    body: { name: 'Till' },
    reads: ['Carrier 3 "Till"'],
  },
];
