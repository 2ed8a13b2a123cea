import { scopes } from '../domain/scopes.ts';
import { stringList } from '../services/key-gate.ts';
import { iso } from '../services/message-desk.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';

/** Accounts with what belongs to them: credits, keys, senders; and the settings of the box. */
export function tenancyHandlers(
  services: AdminServices,
): AdminHandlers<
  | 'accounts'
  | 'accountCreate'
  | 'accountSet'
  | 'creditAdd'
  | 'keys'
  | 'keyCreate'
  | 'keyRevoke'
  | 'senders'
  | 'senderApprove'
  | 'settings'
  | 'settingSet'
> {
  const { accounts, keys, settings } = services;
  return {
    accounts: () => ({ items: accounts.list().map(accountItem) }),
    accountCreate: async ({ body }) => accountItem(await accounts.create(body.name)),
    accountSet: async ({ params, body }) => accountItem(await accounts.change(params.name, body)),
    creditAdd: async ({ body }) => await accounts.addCredits(body.account, body.amount, body.note ?? null),
    keys: () => ({ items: keys.list().map(keyItem) }),
    keyCreate: async ({ body }) => {
      const { key, record } = await keys.create({
        accountId: accounts.named(body.account).id,
        name: body.name,
        scopes: body.scopes === 'all' ? scopes : body.scopes,
        ips: body.ips,
        rpm: body.rpm,
        expiresAt: body.expiresAt === null ? null : Date.parse(body.expiresAt),
      });
      return { ...keyItem(record), key };
    },
    keyRevoke: async ({ params }) => {
      await keys.revoke(params.id);
      return { ok: true };
    },
    senders: () => ({ items: accounts.senders().map(senderItem) }),
    senderApprove: async ({ body }) => senderItem(await accounts.approveSender(body.account, body.name, body.purposes)),
    settings: () => ({ items: settings.list() }),
    settingSet: async ({ params, body }) => ({ name: params.name, value: await settings.set(params.name, body.value) }),
  };
}

export function accountItem(row: ReturnType<AdminServices['accounts']['named']>) {
  return {
    id: row.id,
    name: row.name,
    balance: row.balance,
    suspended: row.suspended === 1,
    metered: row.metered === 1,
    lowCreditThreshold: row.low_credit_threshold,
  };
}

export function senderItem(row: ReturnType<AdminServices['accounts']['senders']>[number]) {
  const { id, account, name, state, purposes, reason } = row;
  return { id, account, name, state, purposes: [...purposes], reason };
}

function keyItem(row: ReturnType<AdminServices['keys']['list']>[number]) {
  const granted = new Set(stringList(row.scopes));
  return {
    id: row.id,
    account: row.account,
    name: row.name,
    display: row.display,
    scopes: scopes.filter((scope) => granted.has(scope)),
    ips: stringList(row.ips),
    rpm: row.rpm,
    createdAt: new Date(row.created_at).toISOString(),
    expiresAt: iso(row.expires_at),
    revokedAt: iso(row.revoked_at),
    lastUsedAt: iso(row.last_used_at),
    lastUsedIp: row.last_used_ip,
  };
}
