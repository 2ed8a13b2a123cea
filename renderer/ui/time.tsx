import { fullTime, relativeTime } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language-context.tsx';
import { useNow } from './clock.ts';

/** How long ago, growing older by itself; the exact time is in the tooltip. */
export function RelativeTime({ iso }: { readonly iso: string }) {
  const { language, t } = useLanguage();
  const now = useNow();
  return (
    <time dateTime={iso} title={fullTime(iso, language)}>
      {relativeTime(iso, now, language, t)}
    </time>
  );
}

/** Day and time to the second. */
export function FullTime({ iso }: { readonly iso: string }) {
  const { language } = useLanguage();
  return <time dateTime={iso}>{fullTime(iso, language)}</time>;
}
