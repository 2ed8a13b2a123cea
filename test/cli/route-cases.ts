import { carrier, done } from './answers.ts';
import type { CommandCase } from './command-case.ts';

const route = {
  id: 2,
  name: 'Codes',
  enabled: true,
  account: null,
  sender: null,
  purpose: 'otp',
  link: null,
  prefixes: [],
  hours: '',
  mode: 'order',
  carriers: [
    { carrierId: 3, weight: 1, name: 'Office' },
    { carrierId: 4, weight: 1, name: 'Line' },
  ],
} as const;
const shared = {
  ...route,
  id: 5,
  name: 'Shop',
  account: 'Main',
  sender: 'SHOP',
  purpose: null,
  link: false,
  prefixes: ['6689', '6681'],
  hours: '08:00-20:00',
  mode: 'share',
  carriers: [
    { carrierId: 3, weight: 3, name: 'Office' },
    { carrierId: 4, weight: 1, name: 'Line' },
  ],
} as const;
const endsAt = '2026-01-15T04:00:00.000Z';
const counted = {
  ...carrier,
  usage: [
    { period: 'minute', used: 2, limit: null, endsAt },
    { period: 'hour', used: 2, limit: 100, endsAt },
  ],
} as const;

/** Routes, quotas, and carriers that rest. */
export const routeCases: readonly CommandCase[] = [
  {
    args: ['route', 'add', 'Codes', '--carriers', '3', '4', '--purpose', 'otp'],
    operation: 'routeAdd',
    answer: route,
    path: '/routes',
    body: {
      name: 'Codes',
      purpose: 'otp',
      mode: 'order',
      carriers: [
        { carrierId: 3, weight: 1 },
        { carrierId: 4, weight: 1 },
      ],
    },
    reads: ['Route 2 "Codes": otp: Office → Line\n'],
  },
  {
    args: [
      ...'route add Shop --carriers 3,4 --weights 3,1 --account Main --sender SHOP'.split(' '),
      ...'--link false --prefixes 089 081 --hours 08:00-20:00'.split(' '),
    ],
    operation: 'routeAdd',
    answer: { ...shared, enabled: false },
    path: '/routes',
    body: {
      name: 'Shop',
      account: 'Main',
      sender: 'SHOP',
      link: false,
      prefixes: ['089', '081'],
      hours: '08:00-20:00',
      mode: 'share',
      carriers: [
        { carrierId: 3, weight: 3 },
        { carrierId: 4, weight: 1 },
      ],
    },
    reads: [
      'Route 5 "Shop" (off): account Main · sender SHOP · without a link · to 6689, 6681 · 08:00-20:00: Office ×3 + Line ×1\n',
    ],
  },
  {
    args: ['route', 'list'],
    operation: 'routes',
    answer: { items: [route] },
    path: '/routes',
    reads: ['ID  NAME   STATE  ABOUT  CARRIERS\n', '2   Codes  on     otp    Office → Line\n'],
  },
  {
    args: ['route', 'enable', '2'],
    operation: 'routeChange',
    answer: route,
    path: '/routes/2',
    body: { enabled: true },
    reads: ['Route 2 "Codes"'],
  },
  {
    args: ['route', 'disable', '2'],
    operation: 'routeChange',
    answer: { ...route, enabled: false },
    path: '/routes/2',
    body: { enabled: false },
    reads: ['(off)'],
  },
  { args: ['route', 'remove', '2'], operation: 'routeRemove', answer: done, path: '/routes/2', reads: ['is removed'] },
  {
    args: ['route', 'order', '5', '2'],
    operation: 'routeOrder',
    answer: { items: [shared, route] },
    path: '/routes/order',
    body: { ids: [5, 2] },
    reads: ['5   Shop', '2   Codes'],
  },
  {
    args: ['route', 'try', '--to', '0812345678', '--text', 'Hi', '--purpose', 'bulk'],
    operation: 'routeTry',
    answer: {
      route: { id: 2, name: 'Codes' },
      carriers: [
        {
          id: 3,
          name: 'Office',
          can: false,
          why: 'Office is paused',
          reason: { code: 'carrier.paused', values: { carrier: 'Office' }, text: 'Office is paused' },
        },
        { id: 4, name: 'Line', can: true, why: null, reason: null },
      ],
      passed: [{ id: 1, name: 'Night', mismatch: 'hours' }],
    },
    path: '/routes/try',
    body: { to: '0812345678', text: 'Hi', purpose: 'bulk' },
    reads: [
      'Route "Codes" decides.\n',
      'Passed over before: Night (hours).\n',
      '3   Office   Office is paused\n',
      '4   Line     can take it\n',
    ],
  },
  {
    args: ['route', 'try', '--to', '0812345678'],
    operation: 'routeTry',
    answer: { route: null, carriers: [], passed: [] },
    path: '/routes/try',
    body: { to: '0812345678' },
    reads: ['No route fits: any carrier may take it.\n', 'There is no carrier.\n'],
  },
  {
    args: ['carrier', 'pause', '3'],
    operation: 'carrierPause',
    answer: { ...carrier, state: 'paused', reason: 'Paused: it takes no new messages.' },
    path: '/carriers/3/pause',
    reads: ['is paused. Paused: it takes no new messages.\n'],
  },
  {
    args: ['carrier', 'resume', '3'],
    operation: 'carrierResume',
    answer: carrier,
    path: '/carriers/3/resume',
    reads: ['is ready'],
  },
  {
    args: ['carrier', 'drain', '3'],
    operation: 'carrierDrain',
    answer: { ...carrier, state: 'paused' },
    path: '/carriers/3/drain',
    reads: ['is paused'],
  },
  {
    args: ['carrier', 'quota', '3'],
    operation: 'carrier',
    answer: counted,
    path: '/carriers/3',
    reads: ['PERIOD  PARTS  QUOTA  UNTIL\n', 'minute  2      none   2026-01-15 04:00:00 UTC\n', 'hour    2      100'],
  },
  {
    args: ['carrier', 'quota', '3', '--hour', '100', '--day', '0'],
    operation: 'carrierTerms',
    answer: counted,
    path: '/carriers/3/terms',
    body: { quota: { hour: 100 } },
    reads: ['hour    2      100'],
  },
];
