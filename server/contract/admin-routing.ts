import { z } from 'zod';
import { routeMismatches, routeModes, trafficPurposes } from '../domain/routing.ts';
import { admin, done, items, operator, viewer } from './admin-route.ts';
import { accountName, reasonItem } from './admin-shapes.ts';
import { idParam, name } from './common.ts';
import { routeTable } from './route.ts';

const target = z.object({
  carrierId: z.number().int(),
  /** Its share beside the others, in the mode `share`. */
  weight: z.number().int().min(1).max(1_000).default(1),
});

/** What a route is about, and who carries it. What is null or empty stands for any. */
const routeForm = z.object({
  name,
  enabled: z.boolean(),
  account: z.string().max(64).nullable(),
  sender: z.string().max(64).nullable(),
  purpose: z.enum(trafficPurposes).nullable(),
  link: z.boolean().nullable(),
  prefixes: z.array(z.string().max(20)).max(1_000),
  hours: z.string().max(11),
  mode: z.enum(routeModes),
  carriers: z.array(target).max(100),
});

export const routeItem = routeForm.extend({
  id: z.number().int(),
  carriers: z.array(target.extend({ name: z.string() })),
});
export type RouteItem = z.infer<typeof routeItem>;

const routeAdd = z.object({
  name,
  enabled: routeForm.shape.enabled.default(true),
  account: routeForm.shape.account.default(null),
  sender: routeForm.shape.sender.default(null),
  purpose: routeForm.shape.purpose.default(null),
  link: routeForm.shape.link.default(null),
  prefixes: routeForm.shape.prefixes.default([]),
  hours: routeForm.shape.hours.default(''),
  mode: routeForm.shape.mode.default('order'),
  carriers: routeForm.shape.carriers,
});

/** Which way a message would go, and why not another. */
export const routeTrial = z.object({
  route: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  carriers: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      can: z.boolean(),
      /** Why it cannot take it now, in plain English; `reason` is the same by its code. */
      why: z.string().nullable(),
      reason: reasonItem.nullable(),
    }),
  ),
  /** The routes that are asked before and do not fit, each with the first thing that does not. */
  passed: z.array(z.object({ id: z.number().int(), name: z.string(), mismatch: z.enum(routeMismatches) })),
});

export type RouteTrialAnswer = z.infer<typeof routeTrial>;

/** Routes: which carriers take what. The first that fits decides; where none does, every carrier may. */
export const adminRoutingRoutes = routeTable({
  routes: {
    method: 'GET',
    path: '/routes',
    access: viewer,
    summary: 'Routes in their order',
    answer: items(routeItem),
  },
  routeAdd: {
    method: 'POST',
    path: '/routes',
    access: admin,
    summary: 'Add a route behind the others',
    body: routeAdd,
    answer: routeItem,
  },
  routeChange: {
    method: 'PATCH',
    path: '/routes/{id}',
    access: admin,
    summary: 'Change a route',
    params: idParam,
    body: routeForm.partial(),
    answer: routeItem,
  },
  routeRemove: {
    method: 'DELETE',
    path: '/routes/{id}',
    access: admin,
    summary: 'Remove a route',
    params: idParam,
    answer: done,
  },
  routeOrder: {
    method: 'POST',
    path: '/routes/order',
    access: admin,
    summary: 'Put routes first, in the order given',
    body: z.object({ ids: z.array(z.number().int()).min(1).max(1_000) }),
    answer: items(routeItem),
  },
  routeTry: {
    method: 'POST',
    path: '/routes/try',
    access: operator,
    summary: 'See which way a message would go; nothing is sent',
    body: z.object({
      to: z.string().max(64),
      text: z.string().max(20_000).optional(),
      account: accountName,
      sender: z.string().max(64).optional(),
      purpose: z.enum(trafficPurposes).default('normal'),
    }),
    answer: routeTrial,
  },
});
