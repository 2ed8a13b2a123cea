import { z } from 'zod';
import { senderPurposes } from '../domain/sender.ts';
import { done, items, operator, viewer } from './admin-route.ts';
import { accountName } from './admin-shapes.ts';
import { idParam, isoTime, name } from './common.ts';
import { purposes } from './guard-shapes.ts';
import { routeTable } from './route.ts';

const text = z.string().min(1).max(5_000);

/** A text as it would be sent. */
export const textPreview = z.object({
  text: z.string(),
  /** Names that the text asks for, and those of them without a value. */
  variables: z.array(z.string()),
  missing: z.array(z.string()),
  encoding: z.enum(['gsm7', 'ucs2']),
  characters: z.number().int(),
  segments: z.number().int(),
  parts: z.array(z.string()),
});
export type TextPreview = z.infer<typeof textPreview>;

export const templateItem = z.object({
  id: z.number().int(),
  account: z.string(),
  name: z.string(),
  text: z.string(),
  purposes: z.array(z.enum(senderPurposes)),
  variables: z.array(z.string()),
  /** Of the text as it stands, with the names for the values. */
  segments: z.number().int(),
  createdAt: isoTime,
  updatedAt: isoTime,
});
export type TemplateItem = z.infer<typeof templateItem>;

/** Named texts with `{variables}`. */
export const adminTemplatesRoutes = routeTable({
  templates: {
    method: 'GET',
    path: '/templates',
    access: viewer,
    summary: 'Templates of an account, by name',
    query: z.object({ account: accountName, purpose: z.enum(senderPurposes).optional() }),
    answer: items(templateItem),
  },
  template: {
    method: 'GET',
    path: '/templates/{id}',
    access: viewer,
    summary: 'One template',
    params: idParam,
    answer: templateItem,
  },
  templateAdd: {
    method: 'POST',
    path: '/templates',
    access: operator,
    summary: 'Keep a text under a name',
    body: z.object({ account: accountName, name, text, purposes: purposes.default(['marketing']) }),
    answer: templateItem,
  },
  templateSet: {
    method: 'PATCH',
    path: '/templates/{id}',
    access: operator,
    summary: 'Change a template; what is left out stays',
    params: idParam,
    body: z.object({ name: name.optional(), text: text.optional(), purposes: purposes.optional() }),
    answer: templateItem,
  },
  templateRemove: {
    method: 'DELETE',
    path: '/templates/{id}',
    access: operator,
    summary: 'Remove a template',
    params: idParam,
    answer: done,
  },
  textPreview: {
    method: 'POST',
    path: '/texts/preview',
    access: operator,
    summary: 'What a text would be with some values, and how many segments it takes',
    body: z.object({ text, values: z.record(z.string().max(64), z.string().max(500)).default({}) }),
    answer: textPreview,
    audit: false,
  },
});
