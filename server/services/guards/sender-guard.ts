import { AppError } from '../../domain/errors.ts';
import type { SenderPurpose } from '../../domain/sender.ts';
import type { AccountStore } from '../../store/account-store.ts';

/**
 * Lets only approved sender names pass.
 * @throws AppError `sender.not_approved`, whose words say what is wrong with the name.
 */
export function assertSender(accounts: AccountStore, accountId: number, name: string, purpose: SenderPurpose): void {
  if (accounts.isApprovedSender(accountId, name, purpose)) return;
  throw new AppError('sender.not_approved', whyNot(accounts, accountId, name, purpose));
}

function whyNot(accounts: AccountStore, accountId: number, name: string, purpose: SenderPurpose): string {
  const record = accounts.senders.find({ accountId, name });
  switch (record?.state) {
    case undefined:
      return `The sender name ${name} is not approved for this account: it is unknown here. Request it first.`;
    case 'requested':
      return `The sender name ${name} is not approved yet: its request waits for an administrator.`;
    case 'rejected': {
      const reason = record.reason === null || record.reason === '' ? '' : ` (${record.reason})`;
      return `The sender name ${name} is not approved for this account: it was rejected${reason}. Request it again when that is put right.`;
    }
    case 'approved':
      return `The sender name ${name} is approved for ${record.purposes.join(' and ')} only, not for ${purpose}.`;
  }
}
