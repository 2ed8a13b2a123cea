import { createContext, use, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { isLanguage, preferredLanguage, translator } from './translate.ts';
import type { Language, Translate } from './translate.ts';

interface LanguageValue {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: Translate;
}

const storageName = 'sepsms-language';
const LanguageContext = createContext<LanguageValue | null>(null);

/** Holds the reader's language, remembered on this device, and tells it to the document. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(rememberedLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo<LanguageValue>(
    () => ({
      language,
      t: translator(language),
      setLanguage: (next) => {
        remember(next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <LanguageContext value={value}>{children}</LanguageContext>;
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
  try {
    const kept = localStorage.getItem(storageName);
    if (isLanguage(kept)) return kept;
  } catch {
    // A browser that keeps nothing for us: the reader's own languages decide.
  }
  return preferredLanguage(navigator.languages);
}

function remember(language: Language): void {
  try {
    localStorage.setItem(storageName, language);
  } catch {
    // The choice then holds until the page is closed.
  }
}
