import { useState } from 'react';
import type { ChangeEvent } from 'react';

type TextField = ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>;
type TextNames<V> = { [K in keyof V]: V[K] extends string ? K : never }[keyof V] & string;

/** What a failed call says of single fields. */
interface FieldFaults {
  readonly details?: readonly { readonly path: string; readonly message: string }[];
}

/**
 * The values of a form while they are typed.
 * @param saved what the box has; the form counts as changed where it differs from that. When it changes there, fields
 *   that were not touched follow.
 */
export function useForm<V extends object>(saved: V) {
  const [values, setValues] = useState(saved);
  const [known, setKnown] = useState(saved);
  if (JSON.stringify(known) !== JSON.stringify(saved)) {
    setKnown(saved);
    setValues((typed) => followed(typed, known, saved));
  }
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const dirty = JSON.stringify(values) !== JSON.stringify(saved);

  function set<K extends keyof V & string>(name: K, value: V[K]): void {
    setValues((now) => ({ ...now, [name]: value }));
    setFaults(({ [name]: _gone, ...rest }) => rest);
  }

  /** What a text field needs. */
  function field<K extends TextNames<V>>(name: K) {
    return {
      name,
      value: values[name],
      onChange: (event: TextField) => {
        const { value } = event.currentTarget;
        setValues((now) => ({ ...now, [name]: value }));
        setFaults(({ [name]: _gone, ...rest }) => rest);
      },
      error: faults[name],
    };
  }

  /** Looks the values over before the box is asked: a text for each field that is wrong. */
  function check(found: Partial<Record<keyof V & string, string | null | undefined>>): boolean {
    const wrong = Object.entries<string | null | undefined>(found).flatMap(([name, text]) =>
      text === null || text === undefined ? [] : [[name, text] as const],
    );
    setFaults(Object.fromEntries(wrong));
    return wrong.length === 0;
  }

  /** Shows what the box said of single fields. */
  function blame(error: FieldFaults): void {
    const entries = (error.details ?? []).map(({ path, message }) => [path.split('.')[0] ?? path, message] as const);
    setFaults((now) => ({ ...now, ...Object.fromEntries(entries) }));
  }

  function reset(to: V = saved): void {
    setValues(to);
    setFaults({});
  }

  return { values, faults, dirty, set, field, check, blame, reset };
}

/** Typed values over what the box has now: only what differs from what it had is the reader's own. */
export function followed<V extends object>(typed: V, had: V, has: V): V {
  const before = new Map<string, unknown>(Object.entries(had));
  const own = Object.entries(typed).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name)),
  );
  return { ...has, ...Object.fromEntries(own) };
}
