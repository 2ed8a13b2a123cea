import type { en } from './en.ts';

type English = typeof en;

export type TextKey = keyof English;

/** A text, or one that changes with `count`; languages without a plural write a plain text. */
export type Text = string | { readonly one?: string; readonly other: string };

/** A translation of one area: every key of its English. */
export type Texts<Area> = Readonly<Record<keyof Area, Text>>;

/** A complete translation: every key of English. */
export type Dictionary = Readonly<Record<TextKey, Text>>;

type SlotsIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | SlotsIn<Rest> : never;
type TextOf<K extends TextKey> = English[K] extends { readonly other: infer T extends string }
  ? T
  : Extract<English[K], string>;
type Slots<K extends TextKey> = SlotsIn<TextOf<K>>;

/** Numbers are written the reader's way; `count` also chooses the plural. */
export type TextValues<K extends TextKey> = [Slots<K>] extends [never]
  ? []
  : [values: Readonly<Record<Slots<K>, string | number>>];
