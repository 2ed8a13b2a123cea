import { createContext, use, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Dictionary } from './dictionary.ts';
import { loadDictionary } from './load.ts';
import { isLanguage, preferredLanguage, translator } from './translate.ts';
import type { Language, Translate } from './translate.ts';

interface LanguageValue {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  /** Whether somebody has chosen it on this device; else it is what the browser prefers. */
  readonly chosen: boolean;
  readonly t: Translate;
}

interface Loaded {
  readonly language: Language;
  readonly dictionary: Dictionary;
}

/** Milliseconds before the texts are asked for again when the box did not give them. */
const knock = 2000;
const storageName = 'sepsms-language';
const LanguageContext = createContext<LanguageValue | null>(null);

/** Holds the reader's language, remembered on this device, and tells it to the document. Shows nothing before its texts are there. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [wanted, setWanted] = useState<Language>(rememberedLanguage);
  const loaded = useDictionary(wanted);
  useEffect(() => {
    if (loaded !== null) document.documentElement.lang = loaded.language;
  }, [loaded]);
  const value = useMemo<LanguageValue | null>(
    () =>
      loaded === null
        ? null
        : {
            language: loaded.language,
            chosen: kept() !== null,
            t: translator(loaded.language, loaded.dictionary),
            setLanguage: (next) => {
              remember(next);
              setWanted(next);
            },
          },
    [loaded],
  );
  return value === null ? null : <LanguageContext value={value}>{children}</LanguageContext>;
}

/** The texts of the wanted language; those of the one before while they are on their way. */
function useDictionary(wanted: Language): Loaded | null {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const load = async () => {
      try {
        const dictionary = await loadDictionary(wanted);
        if (!left) setLoaded({ language: wanted, dictionary });
      } catch {
        // The box is away: asked for again until it is back.
        if (!left) timer = setTimeout(() => void load(), knock);
      }
    };
    void load();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  return loaded;
}

export function useLanguage(): LanguageValue {
  const value = use(LanguageContext);
  if (value === null) throw new Error('useLanguage is called outside LanguageProvider');
  return value;
}

/** The function that gives the texts of the reader's language. */
export function useText(): Translate {
  return useLanguage().t;
}

function rememberedLanguage(): Language {
  return kept() ?? preferredLanguage(navigator.languages);
}

function kept(): Language | null {
  try {
    const name = localStorage.getItem(storageName);
    return isLanguage(name) ? name : null;
  } catch {
    // A browser that keeps nothing for us: the reader's own languages decide.
    return null;
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(storageName, language);
  } catch {
    // The choice then holds until the page is closed.
  }
}
