import { uuid } from './answers.ts';
import type { CommandCase } from './command-case.ts';

const path = '/carriers/3/operate';
const answer = { ok: true, text: 'The modem answers.', lines: ['+CSQ: 18,99'], more: false };
const sent = {
  uuid,
  refNo: 'SP26011500000001',
  totalMsisdn: 1,
  totalCredit: 1,
  blockedCount: 0,
  status: 'pending',
} as const;

/** Live commands to carriers. */
export const operateCases: readonly CommandCase[] = [
  {
    args: ['carrier', 'probe', '3'],
    operation: 'carrierOperate',
    answer,
    path,
    body: { kind: 'probe' },
    reads: ['The modem answers.\n  +CSQ: 18,99\n'],
  },
  {
    args: ['carrier', 'balance', '3'],
    operation: 'carrierOperate',
    answer: { ...answer, text: 'ยอดเงิน 100.00 บาท', lines: [] },
    path,
    body: { kind: 'balance' },
    reads: ['ยอดเงิน 100.00 บาท\n'],
  },
  {
    args: ['carrier', 'ussd', '3', '*121#'],
    operation: 'carrierOperate',
    answer: { ok: true, text: '1 Balance\n2 Number', lines: [], more: true },
    path,
    body: { kind: 'ussd', code: '*121#' },
    reads: ['1 Balance\n2 Number\n', 'The menu is open: answer with `sepsms-box carrier ussd ID ANSWER`.\n'],
  },
  {
    args: ['carrier', 'at', '3', 'AT+CSQ'],
    operation: 'carrierOperate',
    answer,
    path,
    body: { kind: 'at', line: 'AT+CSQ' },
    reads: ['  +CSQ: 18,99\n'],
  },
  {
    args: ['carrier', 'trouble', '3', '--from', 'slow,no-signal'],
    operation: 'carrierOperate',
    answer: { ...answer, text: 'It suffers: slow, no-signal.', lines: [] },
    path,
    body: { kind: 'trouble', troubles: ['slow', 'no-signal'] },
    reads: ['It suffers: slow, no-signal.\n'],
  },
  {
    args: ['carrier', 'trouble', '3'],
    operation: 'carrierOperate',
    answer: { ...answer, text: 'Nothing is wrong with it.', lines: [] },
    path,
    body: { kind: 'trouble', troubles: [] },
    reads: ['Nothing is wrong with it.\n'],
  },
  {
    args: ['carrier', 'test', '3', '--to', '0812345678'],
    operation: 'carrierTest',
    answer: sent,
    path: '/carriers/3/test',
    body: { to: '0812345678' },
    reads: [`Message ${uuid} is pending: 1 credit.\n`, `sepsms-box status ${uuid}\n`],
  },
  {
    args: ['carrier', 'test', '3', '--to', '0812345678', '--account', 'Sales', '--origin', 'SHOP'],
    operation: 'carrierTest',
    answer: { ...sent, totalCredit: 0, blockedCount: 1, status: 'failed' },
    path: '/carriers/3/test',
    body: { to: '0812345678', account: 'Sales', origin: 'SHOP' },
    reads: ['The number is blocked; nothing was sent.\n'],
  },
];
