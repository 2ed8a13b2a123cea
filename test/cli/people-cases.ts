import { at, done } from './answers.ts';
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

/** Users of the admin pages. */
export const peopleCases: readonly CommandCase[] = [
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
