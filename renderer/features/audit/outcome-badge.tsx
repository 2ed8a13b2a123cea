import type { AuditItem } from '../../../server/contract/admin-audit.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { outcomeLooks, outcomeOf } from './entry-words.ts';

/** How an act ended. */
export function OutcomeBadge({ item }: { readonly item: AuditItem }) {
  const t = useText();
  const outcome = outcomeOf(item);
  return (
    <Badge tone={outcomeLooks[outcome].tone} icon={outcomeLooks[outcome].icon}>
      {t(`audit.outcome.${outcome}`)}
    </Badge>
  );
}
