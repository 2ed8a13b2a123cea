import { carrier } from './answers.ts';
import type { CommandCase } from './command-case.ts';

const words = (line: string): string[] => line.split(' ');

export const smppCommandCases: readonly CommandCase[] = [
  {
    args: words(
      'carrier add smpp --host smsc.example --port 2775 --system-id box --password secret --window 20 --tps 50 --tls --tls-server-name smsc --bind pair --long-text sar --alphabet latin1 --no-receipts --receipt-ids same --receipt-zone 420 --source-ton 5 --source-npi 0 --dest-ton 1 --dest-npi 1 --service-type CMT --system-type sms --address-range 66 --validity none --query --enquire 60 --name Operator',
    ),
    operation: 'carrierAdd',
    answer: { ...carrier, kind: 'smpp', name: 'Operator' },
    path: '/carriers',
    body: {
      kind: 'smpp',
      host: 'smsc.example',
      port: 2775,
      systemId: 'box',
      password: 'secret',
      window: 20,
      partsPerSecond: 50,
      tls: true,
      tlsServerName: 'smsc',
      bind: 'pair',
      longText: 'sar',
      defaultAlphabet: 'latin1',
      receipts: false,
      receiptIds: 'same',
      receiptZoneMinutes: 420,
      sourceTon: 5,
      sourceNpi: 0,
      destTon: 1,
      destNpi: 1,
      serviceType: 'CMT',
      systemType: 'sms',
      addressRange: '66',
      validity: 'none',
      query: true,
      enquireSeconds: 60,
      name: 'Operator',
    },
    reads: ['Carrier 3 "Operator" (smpp) is ready.\n'],
  },
  {
    args: words('carrier add smpp --host smsc.example --port 2775 --system-id box --password secret --tls-insecure'),
    operation: 'carrierAdd',
    answer: { ...carrier, kind: 'smpp' },
    path: '/carriers',
    body: {
      kind: 'smpp',
      host: 'smsc.example',
      port: 2775,
      systemId: 'box',
      password: 'secret',
      tls: true,
      tlsVerify: false,
    },
    reads: ['(smpp) is ready'],
  },
];
