import { at } from './answers.ts';
import type { CommandCase } from './command-case.ts';

const row = {
  id: 41,
  at,
  who: 'ada',
  role: 'admin',
  address: '192.168.1.7',
  operation: 'carrierAdd',
  target: 'carriers/3',
  detail: 'kind=modem',
  outcome: 'done',
  hash: 'ab'.repeat(32),
};

/** What people did. */
export const auditCases: readonly CommandCase[] = [
  {
    args: ['audit', 'list', '--user', 'ada', '--from', '2026-01-15T00:00:00Z', '--limit', '2'],
    operation: 'audit',
    answer: { items: [row, { ...row, id: 40, who: 'nobody', role: null, outcome: 'auth.locked' }], nextCursor: 'c1.2' },
    path: '/audit?user=ada&from=2026-01-15T00%3A00%3A00.000Z&limit=2',
    reads: [
      'ROW  TIME                     WHO          FROM         OPERATION   TARGET      OUTCOME      DETAIL\n',
      '41   2026-01-15 03:04:05 UTC  ada (admin)  192.168.1.7  carrierAdd  carriers/3  done         kind=modem\n',
      '40   2026-01-15 03:04:05 UTC  nobody       192.168.1.7  carrierAdd  carriers/3  auth.locked  kind=modem\n',
      'More: add --cursor c1.2\n',
    ],
  },
  {
    args: ['audit', 'list'],
    operation: 'audit',
    answer: { items: [], nextCursor: null },
    path: '/audit',
    reads: ['Nothing of the kind was done.\n'],
  },
  {
    args: ['audit', 'verify', '--row', '41', '--hash', 'abababababababab'],
    operation: 'auditVerify',
    answer: { ok: true, rows: 41, hash: row.hash, row: null, cause: null, problem: null, at },
    path: '/audit/verify?row=41&hash=abababababababab',
    reads: ['The audit log is whole: 41 rows.\n', `Note elsewhere: row 41, hash ${row.hash}\n`],
  },
];
