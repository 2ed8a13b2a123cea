import type { Settings } from '../config/settings.ts';
import type { Clock } from '../domain/ports.ts';
import { DuplicateGuard } from '../services/guards/duplicate-guard.ts';
import { LinkGuard } from '../services/guards/link-guard.ts';
import { OptWords } from '../services/guards/opt-words.ts';
import { QuietTimes } from '../services/guards/quiet-times.ts';
import { keywordRules, linkRules, quietRules } from '../setting-rules.ts';
import type { Stores } from '../store/stores.ts';

/** What is looked at before a message goes out, each by its settings. */
export function buildGuards(
  { stores, clock }: { readonly stores: Pick<Stores, 'links' | 'recentTexts'>; readonly clock: Clock },
  settings: Settings,
) {
  return {
    links: new LinkGuard({ store: stores.links, rules: () => linkRules(settings) }),
    duplicates: new DuplicateGuard({
      store: stores.recentTexts,
      clock,
      minutes: () => settings.get('guards.duplicateMinutes'),
    }),
    quiet: new QuietTimes(() => quietRules(settings)),
    words: new OptWords(() => keywordRules(settings)),
  };
}
