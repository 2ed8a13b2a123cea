import type { Translate } from '../i18n/translate.ts';
import { pathTo } from '../router/routes.ts';
import type { IconName } from '../ui/icon.tsx';
import type { NavEntry } from './nav-map.ts';

export interface Finding {
  readonly key: string;
  readonly icon: IconName;
  readonly title: string;
  readonly to: string;
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const refNoForm = /^SP\d{12,}$/iu;
/** What people write a number with. */
const numberForm = /^\+?[\d\s().-]{6,24}$/u;

/** What a text may mean: a message by its id or reference, everything about a number, or a page. */
export function findings(text: string, pages: readonly NavEntry[], t: Translate): readonly Finding[] {
  const wanted = text.trim();
  const found: Finding[] = [];
  if (uuidForm.test(wanted)) {
    found.push({
      key: 'uuid',
      icon: 'messages',
      title: t('search.message', { text: wanted }),
      to: pathTo('messages', wanted.toLowerCase()),
    });
  }
  if (refNoForm.test(wanted)) {
    found.push({
      key: 'refNo',
      icon: 'messages',
      title: t('search.message', { text: wanted.toUpperCase() }),
      to: `${pathTo('messages')}?refNo=${encodeURIComponent(wanted.toUpperCase())}`,
    });
  }
  if (numberForm.test(wanted)) {
    found.push({
      key: 'number',
      icon: 'phone',
      title: t('search.number', { text: wanted }),
      to: `${pathTo('messages')}?msisdn=${encodeURIComponent(wanted)}`,
    });
  }
  const lower = wanted.toLowerCase();
  for (const { page, icon } of pages) {
    const title = t(`nav.${page}`);
    if (lower === '' || title.toLowerCase().includes(lower) || page.includes(lower)) {
      found.push({ key: page, icon, title, to: pathTo(page) });
    }
  }
  if (found.length === 0 && wanted !== '') {
    found.push({
      key: 'reference',
      icon: 'search',
      title: t('search.reference', { text: wanted }),
      to: `${pathTo('messages')}?clientRef=${encodeURIComponent(wanted)}`,
    });
  }
  return found;
}
