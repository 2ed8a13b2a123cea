import { creditRoutes } from './v2-credits.ts';
import { inboundRoutes } from './v2-inbound.ts';
import { messageRoutes } from './v2-messages.ts';
import { otpRoutes } from './v2-otp.ts';
import { webhookRoutes } from './v2-webhooks.ts';
import { routeTable } from './route.ts';

/** The public API, api-v2, put together from its areas. Paths are relative to `/api/v2`. */
export const v2Routes = routeTable({
  ...messageRoutes,
  ...inboundRoutes,
  ...otpRoutes,
  ...creditRoutes,
  ...webhookRoutes,
});
export type V2Operation = keyof typeof v2Routes;
