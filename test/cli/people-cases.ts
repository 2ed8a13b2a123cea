import { account, at, done } from './answers.ts';
import type { CommandCase } from './command-case.ts';

const user = {
  id: 2,
  name: 'nid',
  role: 'operator',
  disabled: false,
  totp: true,
  sessions: 2,
  lockedUntil: null,
  createdAt: at,
  signedInAt: at,
};

const counts = {
  accepted: 1200,
  sent: 1000,
  delivered: 900,
  failed: 100,
  expired: 0,
  blocked: 0,
  cancelled: 0,
  unknown: 0,
  parts: 1000,
  credits: 1200,
  refunded: 0,
  codes: 0,
  codeLatencyMs: null,
  codeLatencyMaxMs: null,
};

/** Users of the admin pages, and one account. */
export const peopleCases: readonly CommandCase[] = [
  {
    args: ['account', 'show', 'Main'],
    operation: 'account',
    answer: {
      ...account,
      createdAt: at,
      contacts: 5000,
      groups: 2,
      templates: 1,
      keys: 3,
      keyLastUsedAt: at,
      senders: { approved: 1, requested: 2, rejected: 0 },
      webhooks: { active: 1, inactive: 0 },
      openOrders: 0,
      openCampaigns: 0,
      activeSchedules: 0,
      today: counts,
      last30Days: counts,
    },
    path: '/accounts/Main',
    reads: [
      'Main (number 1), active\n',
      '10,000\n',
      '3, last used 2026-01-15 03:04:05 UTC\n',
      '1 approved, 2 asked for\n',
      '5,000 in 2 groups\n',
      '1,200 accepted, 900 delivered, 100 failed\n',
    ],
  },
  {
    args: ['user', 'list'],
    operation: 'users',
    answer: {
      items: [
        user,
        { ...user, name: 'ann', totp: false, disabled: true, signedInAt: null },
        { ...user, name: 'ben', lockedUntil: at },
      ],
    },
    path: '/users',
    reads: [
      'NAME',
      'nid   operator  active ',
      'password and code  2         2026-01-15 03:04:05 UTC\n',
      'ann   operator  disabled ',
      'never\n',
      'locked until 2026-01-15 03:04:05 UTC',
    ],
  },
  {
    args: ['user', 'set', 'nid', '--role', 'viewer', '--disabled', 'true'],
    operation: 'userSet',
    answer: { ...user, role: 'viewer', disabled: true },
    path: '/users/nid',
    body: { role: 'viewer', disabled: true },
    reads: ['User "nid" is viewer, disabled.\n'],
  },
  {
    args: ['user', 'remove', 'nid'],
    operation: 'userRemove',
    answer: done,
    path: '/users/nid',
    reads: ['User "nid" is removed.\n'],
  },
  {
    args: ['user', 'sign-out', 'nid'],
    operation: 'userSignOut',
    answer: { ended: 2 },
    path: '/users/nid/sign-out',
    reads: ['signed out everywhere'],
  },
  {
    args: ['user', 'reset-totp', 'nid'],
    operation: 'userTotpReset',
    answer: done,
    path: '/users/nid/totp',
    reads: ['without a code'],
  },
];
