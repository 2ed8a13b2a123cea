import { z } from 'zod';
import { accountName } from './admin-shapes.ts';
import { carrierCommand, carrierCommandAnswer } from './carrier-commands.ts';
import { carrierAdd, carrierChange, carrierConfiguration, carrierItem, carrierTerms } from './carrier-forms.ts';
import { idParam } from './common.ts';
import { admin, done, items, operator, viewer } from './admin-route.ts';
import { routeTable } from './route.ts';
import { sendResult } from './v2-message-shapes.ts';

/** Carriers: added, watched, put to work and out of it. */
export const adminCarriersRoutes = routeTable({
  carriers: {
    method: 'GET',
    path: '/carriers',
    access: viewer,
    summary: 'Carriers and their state',
    answer: items(carrierItem),
  },
  carrier: {
    method: 'GET',
    path: '/carriers/{id}',
    access: viewer,
    summary: 'One carrier and its state',
    params: idParam,
    answer: carrierItem,
  },
  carrierConfiguration: {
    method: 'GET',
    path: '/carriers/{id}/configuration',
    access: admin,
    summary: 'What a carrier is set to, without its secrets',
    params: idParam,
    answer: carrierConfiguration,
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
  carrierPause: {
    method: 'POST',
    path: '/carriers/{id}/pause',
    access: operator,
    summary: 'Give a carrier no new messages; reports and received messages still come',
    params: idParam,
    answer: carrierItem,
  },
  carrierResume: {
    method: 'POST',
    path: '/carriers/{id}/resume',
    access: operator,
    summary: 'Let a paused carrier take messages again',
    params: idParam,
    answer: carrierItem,
  },
  carrierDrain: {
    method: 'POST',
    path: '/carriers/{id}/drain',
    access: operator,
    summary: 'Pause a carrier and wait until it holds nothing, a minute at the most',
    params: idParam,
    answer: carrierItem,
  },
  carrierTerms: {
    method: 'PATCH',
    path: '/carriers/{id}/terms',
    access: admin,
    summary: 'Change the name and quota of a carrier, and what it does about messages without an answer',
    params: idParam,
    body: carrierTerms,
    answer: carrierItem,
  },
  carrierChange: {
    method: 'PATCH',
    path: '/carriers/{id}',
    access: admin,
    summary: 'Change the configuration of a carrier, which is then started anew',
    params: idParam,
    body: carrierChange,
    answer: carrierItem,
  },
  carrierOperate: {
    method: 'POST',
    path: '/carriers/{id}/operate',
    access: operator,
    summary:
      'Probe a carrier, dial a USSD code, ask for its balance, trouble a simulator; AT commands by administrators only',
    params: idParam,
    body: carrierCommand,
    answer: carrierCommandAnswer,
    audit: { code: 'dialled', line: 'command' },
  },
  carrierTest: {
    method: 'POST',
    path: '/carriers/{id}/test',
    access: operator,
    summary: 'Send a test message by this carrier and no other; it costs what any message costs',
    params: idParam,
    body: z.object({ to: z.string().max(64), account: accountName, origin: z.string().max(64).optional() }),
    answer: sendResult,
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
