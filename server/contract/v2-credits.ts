import { z } from 'zod';
import { result, routeTable } from './route.ts';

/** Credits of the caller's account (api-v2 §4). */
export const creditRoutes = routeTable({
  creditBalance: {
    method: 'GET',
    path: '/message/credit/balance',
    access: { by: 'key', scope: 'credit:read' },
    summary: 'Credits left in the account',
    answer: result(z.object({ balance: z.number().int() }).meta({ id: 'Balance' })),
    examples: { answer: { result: { balance: 18_420 } } },
  },
});
