import type { AdminHandlers, AdminServices } from './admin-services.ts';

/** What the dashboard shows. */
export function overviewHandlers(services: AdminServices): AdminHandlers<'overview'> {
  const { overview, carriers, messages } = services;
  return {
    overview: ({ query }) => {
      const view = overview.show(query.hours, query.account);
      const names = new Map(carriers.list().map(({ id, name }) => [id, name]));
      return {
        ...view,
        from: new Date(view.from).toISOString(),
        hours: view.hours.map(({ hour, ...counts }) => ({ hour: new Date(hour).toISOString(), ...counts })),
        carriers: view.carriers.map((row) => ({ carrier: names.get(row.carrierId) ?? '', ...row })),
        ...messages.queue(),
      };
    },
  };
}
