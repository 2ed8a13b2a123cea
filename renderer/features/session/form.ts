import { useState } from 'react';
import { useText } from '../../i18n/language-context.tsx';

/** A field's text; empty when the form has no such field. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/**
 * Checks that fields hold at least so many characters, before the box is asked.
 * @param least field name to its least length; a field of length 1 only has to be filled in.
 */
export function useRequired<N extends string>(least: Readonly<Record<N, number>>) {
  const t = useText();
  const [wrong, setWrong] = useState<readonly string[]>([]);

  function check(form: FormData): boolean {
    const found = Object.entries<number>(least)
      .filter(([name, length]) => textOf(form, name).trim().length < length)
      .map(([name]) => name);
    setWrong(found);
    return found.length === 0;
  }

  function faultOf(name: N): string | undefined {
    if (!wrong.includes(name)) return undefined;
    return least[name] > 1 ? t('field.passwordShort') : t('field.required');
  }

  return { faultOf, check };
}
