import { carrier } from './answers.ts';
import type { CommandCase } from './command-case.ts';

const words = (line: string): string[] => line.split(' ');

export const upstreamCommandCases: readonly CommandCase[] = [
  {
    args: words(
      'carrier add upstream --url http://10.0.0.7:8580 --key sk_sep_1 --origin SHOP --idempotent --webhook-secret whsec_1 --public-url https://sms.example --window 4 --allow-host --name Cloud',
    ),
    operation: 'carrierAdd',
    answer: { ...carrier, kind: 'upstream', name: 'Cloud', facts: { callback: '/api/callbacks/3/abc' } },
    path: '/carriers',
    body: {
      kind: 'upstream',
      url: 'http://10.0.0.7:8580',
      key: 'sk_sep_1',
      origin: 'SHOP',
      idempotent: true,
      webhookSecret: 'whsec_1',
      publicUrl: 'https://sms.example',
      window: 4,
      allowHost: true,
      name: 'Cloud',
    },
    reads: ['Carrier 3 "Cloud" (upstream) is ready.\nIts callback address, for reports: /api/callbacks/3/abc\n'],
  },
  {
    args: words('carrier add upstream --provider twilio --user AC1 --key secret --origin +15005550006'),
    operation: 'carrierAdd',
    answer: { ...carrier, kind: 'upstream' },
    path: '/carriers',
    body: { kind: 'upstream', provider: 'twilio', user: 'AC1', key: 'secret', origin: '+15005550006' },
    reads: ['(upstream) is ready.\n'],
  },
  {
    args: words('carrier set 3 --key new --webhook-secret none --origin SHOP --idempotent false'),
    operation: 'carrierChange',
    answer: { ...carrier, kind: 'upstream', state: 'starting', reason: 'It is being asked.' },
    path: '/carriers/3',
    body: { kind: 'upstream', key: 'new', webhookSecret: null, origin: 'SHOP', idempotent: false },
    reads: ['Carrier 3 "Office" (upstream) is starting. It is being asked.\n'],
  },
];
