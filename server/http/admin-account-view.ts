import { iso } from '../services/message-desk.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { accountItem } from './admin-tenancy.ts';

const daysShown = 30;
const mostOrders = 200;
const lastCampaigns = 100;

/** What pages show of one account. */
export function accountViewHandlers(services: AdminServices): AdminHandlers<'account'> {
  const { accounts, overview } = services;
  return {
    account: ({ params }) => {
      const row = accounts.named(params.name);
      const { today, total } = overview.show(daysShown * 24, row.name);
      return {
        ...accountItem(row),
        createdAt: new Date(row.created_at).toISOString(),
        ...belongings(services, row),
        today,
        last30Days: total,
      };
    },
  };
}

function belongings(
  { accounts, addressBook, campaigns, credits, keys, webhooks }: AdminServices,
  row: ReturnType<AdminServices['accounts']['named']>,
) {
  const { id, name: account } = row;
  const good = keys.list().filter((key) => key.account_id === id && key.revoked_at === null);
  const senders = accounts.senders().filter((sender) => sender.account_id === id);
  const endpoints = webhooks.list(id);
  const orders = (['requested', 'ordered'] as const).flatMap(
    (state) => credits.orders({ account, state, limit: mostOrders }).items,
  );
  const { items: last } = campaigns.campaigns.list({ account, limit: lastCampaigns });
  const used = good.map((key) => key.last_used_at ?? 0);
  const inState = (state: string) => senders.filter((sender) => sender.state === state).length;
  return {
    contacts: row.contact_count,
    groups: addressBook.contacts.groups(account).groups.length,
    templates: addressBook.templates.list(account).length,
    keys: good.length,
    keyLastUsedAt: iso(Math.max(0, ...used) || null),
    senders: { approved: inState('approved'), requested: inState('requested'), rejected: inState('rejected') },
    webhooks: {
      active: endpoints.filter(({ state }) => state === 'active').length,
      inactive: endpoints.filter(({ state }) => state !== 'active').length,
    },
    openOrders: orders.length,
    openCampaigns: last.filter(({ state }) => state !== 'done' && state !== 'cancelled').length,
    activeSchedules: campaigns.schedules.list(account).filter(({ state }) => state === 'active').length,
  };
}
