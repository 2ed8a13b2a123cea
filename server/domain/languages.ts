/** Languages that the admin pages speak. */
export const languages = ['en', 'th', 'zh-Hant'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(text: string | null): text is Language {
  return languages.some((one) => one === text);
}
