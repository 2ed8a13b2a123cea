import { at, sender } from './answers.ts';
import type { CommandCase } from './command-case.ts';

/** Sender names, the blocklist and the register of links. */
export const guardCommandCases: readonly CommandCase[] = [
  {
    args: ['sender', 'approve', 'SEPSMS'],
    operation: 'senderApprove',
    answer: sender,
    path: '/senders',
    body: { name: 'SEPSMS' },
    reads: ['Account "Main" may now send as "SEPSMS" (marketing, otp).\n'],
  },
  {
    args: ['sender', 'approve', 'SEPSMS', '--purposes', 'otp', '--account', 'Main'],
    operation: 'senderApprove',
    answer: { ...sender, purposes: ['otp'] },
    path: '/senders',
    body: { name: 'SEPSMS', purposes: ['otp'], account: 'Main' },
    reads: ['(otp)'],
  },
  {
    args: ['sender', 'request', 'SEPSMS', '--purposes', 'marketing,otp'],
    operation: 'senderRequest',
    answer: { ...sender, state: 'requested' },
    path: '/senders/request',
    body: { name: 'SEPSMS', purposes: ['marketing', 'otp'] },
    reads: ['Account "Main" has asked for "SEPSMS" (marketing, otp).\n'],
  },
  {
    args: ['sender', 'reject', 'SEPSMS', '--reason', 'not yours'],
    operation: 'senderReject',
    answer: { ...sender, state: 'rejected', reason: 'not yours' },
    path: '/senders/reject',
    body: { name: 'SEPSMS', reason: 'not yours' },
    reads: ['Account "Main" may not send as "SEPSMS".\n'],
  },
  {
    args: ['sender', 'list'],
    operation: 'senders',
    answer: { items: [sender, { ...sender, id: 3, name: 'BANK', state: 'rejected', reason: 'not yours' }] },
    path: '/senders',
    reads: [
      'ID  NAME    ACCOUNT  STATE                 PURPOSES\n',
      '2   SEPSMS  Main     approved              marketing, otp\n',
      '3   BANK    Main     rejected (not yours)  marketing, otp\n',
    ],
  },
  {
    args: ['blocklist', 'add', '0812345678', '66898765432,12', '--account', 'Main'],
    operation: 'blocklistAdd',
    answer: { added: 1, already: 1, invalidCount: 1, invalid: ['12'] },
    path: '/blocklist',
    body: { numbers: ['0812345678', '66898765432', '12'], account: 'Main' },
    reads: ['1 number blocked. 1 number blocked before.\n', 'No phone number: 12\n'],
  },
  {
    args: ['blocklist', 'remove', '0812345678'],
    operation: 'blocklistRemove',
    answer: { removed: 1, notBlocked: 0, invalidCount: 0, invalid: [] },
    path: '/blocklist/remove',
    body: { numbers: ['0812345678'] },
    reads: ['1 number unblocked.\n'],
  },
  {
    args: ['blocklist', 'list', '--limit', '2', '--cursor', 'n66811111111'],
    operation: 'blocklist',
    answer: { items: [{ msisdn: '66812345678', cause: 'opt-out', createdAt: at }], nextCursor: 'n66812345678' },
    path: '/blocklist?limit=2&cursor=n66811111111',
    reads: [
      'NUMBER       CAUSE    SINCE\n',
      '66812345678  opt-out  2026-01-15 03:04:05 UTC\n',
      'More: --cursor n66812345678\n',
    ],
  },
  {
    args: ['link', 'add', '.example.com', 'https://shop.co.th/x'],
    operation: 'linkAdd',
    answer: { added: 2, hosts: ['.example.com', 'shop.co.th'] },
    path: '/links',
    body: { hosts: ['.example.com', 'https://shop.co.th/x'] },
    reads: ['Registered: .example.com, shop.co.th (2 new).\n'],
  },
  {
    args: ['link', 'remove', 'shop.co.th'],
    operation: 'linkRemove',
    answer: { removed: 1 },
    path: '/links/remove',
    body: { hosts: ['shop.co.th'] },
    reads: ['1 host taken out'],
  },
  {
    args: ['link', 'list', '--account', 'Main'],
    operation: 'links',
    answer: { items: [{ host: '.example.com', createdAt: at }] },
    path: '/links?account=Main',
    reads: ['HOST          SINCE\n', '.example.com  2026-01-15 03:04:05 UTC\n'],
  },
];
