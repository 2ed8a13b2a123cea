import { useState } from 'react';
import { carrierAdd } from '../../../server/contract/carrier-forms.ts';
import { isApiError } from '../../api/api-error.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import type { FieldSpec } from './field-specs.ts';
import { faultsOf } from './field-values.ts';
import type { FieldFaults, FieldValues } from './field-values.ts';

interface Wanted {
  readonly specs: readonly FieldSpec[];
  readonly values: FieldValues;
  /** The new carrier as the box wants it. */
  readonly given: unknown;
  /** What is wrong beside the fields. */
  readonly beside?: FieldFaults;
}

/** Adds a carrier that was filled in rightly, and goes on to where it is seen coming up. */
export function useAddCarrier() {
  const t = useText();
  const [faults, setFaults] = useState<FieldFaults>({});
  const add = useAct('carrierAdd', ['carriers', 'status', 'modems']);

  function submit({ specs, values, given, beside = {} }: Wanted): void {
    const wrong = { ...faultsOf({ specs, values, body: given, schema: carrierAdd, t }), ...beside };
    setFaults(wrong);
    const body = carrierAdd.safeParse(given);
    if (Object.keys(wrong).length > 0 || !body.success) return;
    add.mutate(
      { body: body.data },
      {
        onSuccess: ({ id }) => navigate(pathTo('carriers', id, 'ready'), { force: true, replace: true }),
        onError: (error) =>
          isApiError(error) && setFaults(Object.fromEntries(error.details.map((one) => [one.path, one.message]))),
      },
    );
  }

  /** A field is being put right. */
  function forgive(name: string): void {
    setFaults(({ [name]: _gone, ...rest }) => rest);
  }

  return { faults, submit, forgive, busy: add.isPending, error: add.error };
}
