import { parseJson } from './json.ts';

const mostWords = 50;

/** Reads an answer's text in the way that a mapping says; undefined when it is not of that kind. */
export function readText(text: string, kind: 'json' | 'form' | 'text'): unknown {
  if (kind === 'json') return parseJson(text);
  if (kind === 'form') return formFields(text);
  const trimmed = text.trim();
  return { text: trimmed, words: trimmed.split(/[\s:|,;=]+/u, mostWords) };
}

/** The fields of a form or query; of a repeated one the last. */
export function formFields(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text.trim()));
}
