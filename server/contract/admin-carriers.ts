import { carrierAdd, carrierItem } from './carrier-forms.ts';
import { idParam } from './common.ts';
import { admin, done, items, operator, viewer } from './admin-route.ts';
import { routeTable } from './route.ts';

/** Carriers: added, watched, put to work and out of it. */
export const adminCarriersRoutes = routeTable({
  carriers: {
    method: 'GET',
    path: '/carriers',
    access: viewer,
    summary: 'Carriers and their state',
    answer: items(carrierItem),
  },
  carrierAdd: {
    method: 'POST',
    path: '/carriers',
    access: admin,
    summary: 'Add a carrier',
    body: carrierAdd,
    answer: carrierItem,
  },
  carrierEnable: {
    method: 'POST',
    path: '/carriers/{id}/enable',
    access: operator,
    summary: 'Put a carrier to work',
    params: idParam,
    answer: carrierItem,
  },
  carrierDisable: {
    method: 'POST',
    path: '/carriers/{id}/disable',
    access: operator,
    summary: 'Take a carrier out of work',
    params: idParam,
    answer: carrierItem,
  },
  carrierRemove: {
    method: 'DELETE',
    path: '/carriers/{id}',
    access: admin,
    summary: 'Remove a carrier',
    params: idParam,
    answer: done,
  },
});
