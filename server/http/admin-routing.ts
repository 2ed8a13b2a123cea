import type { AdminHandlers, AdminServices } from './admin-services.ts';

/** Routes: which carriers take what. */
export function routingHandlers(
  services: AdminServices,
): AdminHandlers<'routes' | 'routeAdd' | 'routeChange' | 'routeRemove' | 'routeOrder' | 'routeTry'> {
  const { routes } = services;
  return {
    routes: () => ({ items: routes.list() }),
    routeAdd: async ({ body }) => await routes.add(body),
    routeChange: async ({ params, body }) => await routes.change(params.id, defined(body)),
    routeRemove: async ({ params }) => {
      await routes.remove(params.id);
      return { ok: true };
    },
    routeOrder: async ({ body }) => ({ items: await routes.order(body.ids) }),
    routeTry: ({ body }) => routes.try(body),
  };
}

/** Without the fields that were left out. */
function defined<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Only what is undefined is taken out, as the type says.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
