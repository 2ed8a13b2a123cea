import type { ReportVerdict } from './carrier.ts';

/**
 * How one provider is spoken to over HTTP, written down as data; docs/upstream-carriers.md explains it for people.
 * Places in answers and calls are JSON Pointers (RFC 6901), such as `/messages/0/id`; form and query fields are the
 * members of one flat object. Where several pointers are given, the first that leads to something is taken.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export type Pointers = string | readonly string[];

/** What stands between braces in a template. */
export const placeholders = [
  'url',
  'user',
  'key',
  'basic',
  'to',
  'from',
  'text',
  'encoding',
  'reference',
  'callbackUrl',
  'validitySeconds',
  'validityMinutes',
  'validityMs',
] as const;
export type Placeholder = (typeof placeholders)[number];

export interface RequestTemplate {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Begins with a literal origin or with `{url}`; nothing else may say where it goes. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?:
    | { readonly type: 'json'; readonly value: Json }
    | { readonly type: 'form'; readonly fields: Readonly<Record<string, string>> }
    | undefined;
}

/**
 * What a refusal means.
 * - rejected: the message will never be taken.
 * - retry: it may be taken later; counted against the message.
 * - carrier-fault: the account or the configuration is to blame; nothing is sent until a person has helped.
 * - no-credit, slow-down: the account waits for credit, or for a while.
 * - sender: the sender name is not taken; other messages are.
 */
export const refusalKinds = ['rejected', 'retry', 'carrier-fault', 'no-credit', 'slow-down', 'sender'] as const;
export type RefusalKind = (typeof refusalKinds)[number];

export interface SendMapping {
  readonly request: RequestTemplate;
  /** How the answer is read; `json` when not said. `text` gives `/text` and its `/words/0`, `/words/1` … */
  readonly answer?: 'json' | 'form' | 'text' | undefined;
  /** When a message counts as taken: by the HTTP status (any 2xx when not said) and by a value in the answer. */
  readonly success?:
    | {
        readonly statuses?: readonly number[] | undefined;
        readonly at?: Pointers | undefined;
        readonly equals?: readonly string[] | undefined;
      }
    | undefined;
  /** Where the answer names the message; without, the reference that the box gave it. */
  readonly reference?: Pointers | undefined;
  readonly code?: Pointers | undefined;
  readonly message?: Pointers | undefined;
  readonly codes?: Readonly<Record<string, RefusalKind>> | undefined;
  /** Value of `{encoding}`. */
  readonly encodings?: { readonly gsm7: string; readonly ucs2: string } | undefined;
  readonly longestValiditySeconds?: number | undefined;
  /** Whether the provider takes one `{reference}` once only, whatever comes twice. */
  readonly idempotent?: boolean | undefined;
}

/** Where a report says what. */
export interface ReportPlaces {
  /** Where the list of reports is; without, there is one. */
  readonly list?: Pointers | undefined;
  readonly number?: Pointers | undefined;
  readonly status: Pointers;
  readonly code?: Pointers | undefined;
  readonly message?: Pointers | undefined;
  /** ISO 8601 with an offset, or seconds or milliseconds since 1970. */
  readonly time?: Pointers | undefined;
}

/** How a call of the provider is known to be its own. All but `twilio` need the carrier's webhook secret. */
export type CallSignature =
  | { readonly kind: 'twilio' }
  | { readonly kind: 'vonage' }
  | {
      readonly kind: 'hmac';
      readonly header: string;
      readonly algorithm: 'sha1' | 'sha256' | 'sha512';
      readonly encoding: 'hex' | 'base64';
      readonly prefix?: string | undefined;
    }
  | { readonly kind: 'token'; readonly header: string };

export interface CallbackMapping extends ReportPlaces {
  readonly reference: Pointers;
  readonly signature?: CallSignature | undefined;
  /** What it is answered; an empty 200 when not said. */
  readonly answer?: { readonly status: number; readonly contentType: string; readonly body: string } | undefined;
}

export interface PollMapping extends ReportPlaces {
  readonly request: RequestTemplate;
  readonly afterSeconds?: number | undefined;
  readonly everySeconds?: number | undefined;
}

export interface BalanceMapping {
  readonly request: RequestTemplate;
  readonly at: Pointers;
  /** Such as `EUR`, or a pointer to it. */
  readonly unit?: string | undefined;
}

export interface ProviderMapping {
  readonly name: string;
  /** Value of `{url}` where the carrier has none of its own. */
  readonly url?: string | undefined;
  readonly send: SendMapping;
  /** What the statuses in reports mean. */
  readonly statuses?: Readonly<Record<string, ReportVerdict>> | undefined;
  /** What any other status means; `trying` when not said. */
  readonly otherStatuses?: ReportVerdict | undefined;
  readonly callback?: CallbackMapping | undefined;
  readonly poll?: PollMapping | undefined;
  readonly balance?: BalanceMapping | undefined;
}

const placeholderForm = /\{([a-zA-Z]+)\}/gu;

/** The names between braces in a template. */
export function placeholdersIn(template: string): string[] {
  return [...template.matchAll(placeholderForm)].map(([, name]) => name ?? '');
}

/** Replaces each placeholder by what `valueOf` gives for it. */
export function fillTemplate(template: string, valueOf: (name: string) => string): string {
  return template.replaceAll(placeholderForm, (_whole, name: string) => valueOf(name));
}
