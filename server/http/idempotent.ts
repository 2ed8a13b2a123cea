import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { Idempotency, Remember } from '../services/idempotency.ts';

/** Does `work` once for each `Idempotency-Key` of an API key, where one is given, and says so when it gives an old answer again. */
export async function onceByKey<S extends z.ZodType>(
  idempotency: Idempotency,
  call: {
    readonly who: { readonly keyId: number };
    readonly body: unknown;
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
  },
  work: (remember?: Remember) => Promise<z.output<S>>,
  form: S,
): Promise<z.output<S>> {
  const name = call.request.headers['idempotency-key'];
  if (typeof name !== 'string') return await work();
  const { answer, replayed } = await idempotency.once({ keyId: call.who.keyId, name, body: call.body }, work, (told) =>
    form.parse(told),
  );
  if (replayed) call.response.setHeader('Idempotency-Replayed', 'true');
  return answer;
}
