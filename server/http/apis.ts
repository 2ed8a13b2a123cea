import type { IncomingMessage } from 'node:http';
import { adminRoutes } from '../contract/admin.ts';
import { v1Routes, type V1Operation } from '../contract/v1.ts';
import { v2Routes, type V2Operation } from '../contract/v2.ts';
import type { Logger } from '../domain/ports.ts';
import type { KeyCaller } from '../services/key-gate.ts';
import type { RateUse } from '../services/rate-limits.ts';
import { adminHandlers } from './admin-handlers.ts';
import { addressOf } from './address.ts';
import type { AdminServices, BoxFeed } from './admin-services.ts';
import { Api } from './api.ts';
import { CallTrail } from './call-trail.ts';
import { admitPerson, permitPerson, type AdminCallers } from './person-gate.ts';
import type { BodyLimits } from './read-body.ts';
import { v1Handlers } from './v1-handlers.ts';
import { admitToV2, permitV2, type V2Callers } from './v2-gate.ts';
import { v2Handlers } from './v2-handlers.ts';

export interface ApisOptions {
  readonly services: AdminServices;
  readonly feed: BoxFeed;
  readonly log: Logger;
  readonly newRequestId: () => string;
  readonly bodies: BodyLimits;
}

/** The box's APIs, each over its route table: the public one, its legacy form, and that of the pages. */
export function buildApis({ services, feed, log, newRequestId, bodies }: ApisOptions) {
  const common = { log, newRequestId, bodies };
  const trail = new CallTrail(services.audit, () => feed.somethingChanged());
  const limitStranger = (request: IncomingMessage) => services.rateLimits.takeStranger(addressOf(request));
  const v1 = new Api<typeof v1Routes, { readonly key: KeyCaller }>({
    ...common,
    base: '/api',
    routes: v1Routes,
    handlers: v1Handlers(services),
    limit: (who, operation, request) => services.rateLimits.take(who, rateUse(operation), addressOf(request)),
    limitStranger,
    refusal: (body) => ({ ...body, message: body.error.message }),
    admit: (request, access) =>
      services.keys.admit(bearer(request), addressOf(request), access.by === 'key' ? access.scope : null),
  });
  const v2 = new Api<typeof v2Routes, V2Callers>({
    ...common,
    base: '/api/v2',
    routes: v2Routes,
    handlers: v2Handlers(services),
    limit: (who, operation, request) =>
      'keyId' in who ? services.rateLimits.take(who, rateUse(operation), addressOf(request)) : null,
    limitStranger,
    admit: (request, access) => admitToV2(services, request, addressOf(request), access),
    permit: permitV2,
    trail: { calls: trail, personOf: (who) => ('person' in who ? who.person : undefined) },
  });
  const admin = new Api<typeof adminRoutes, AdminCallers>({
    ...common,
    base: '/api/admin',
    routes: adminRoutes,
    handlers: adminHandlers(services),
    admit: (request, access) => admitPerson(services.sessions, request, access),
    permit: permitPerson,
    trail: { calls: trail, personOf: (who) => who.person },
  });
  return { v1, v2, admin };
}

/** What an operation of either public API counts as. */
function rateUse(operation: V1Operation | V2Operation): RateUse {
  if (operation === 'sendMessage' || operation === 'sendSms') return 'send';
  return operation === 'sendOtp' ? 'otp' : 'other';
}

/** The token of an `Authorization: Bearer` header. */
function bearer(request: IncomingMessage): string | undefined {
  const [scheme = '', token] = (request.headers.authorization ?? '').trim().split(/\s+/u);
  return scheme.toLowerCase() === 'bearer' ? token : undefined;
}
