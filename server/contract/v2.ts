import { creditRoutes } from './v2-credits.ts';
import { inboundRoutes } from './v2-inbound.ts';
import { messageRoutes } from './v2-messages.ts';
import { routeTable } from './route.ts';

/** The public API, api-v2, put together from its areas. Paths are relative to `/api/v2`. */
export const v2Routes = routeTable({ ...messageRoutes, ...inboundRoutes, ...creditRoutes });
export type V2Operation = keyof typeof v2Routes;
