import type { KeyItem } from '../../../server/contract/admin-shapes.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { useNow } from '../../ui/clock.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/states.ts';

type State = 'active' | 'expired' | 'revoked';

const looks: Readonly<Record<State, { readonly tone: Tone; readonly icon: IconName }>> = {
  active: { tone: 'green', icon: 'tick' },
  expired: { tone: 'orange', icon: 'hourglass' },
  revoked: { tone: 'grey', icon: 'slash' },
};

export function stateOfKey(key: KeyItem, now: number): State {
  if (key.revokedAt !== null) return 'revoked';
  return key.expiresAt !== null && Date.parse(key.expiresAt) <= now ? 'expired' : 'active';
}

/** Whether a key still opens the API. */
export function KeyState({ item }: { readonly item: KeyItem }) {
  const t = useText();
  const state = stateOfKey(item, useNow());
  return (
    <Badge tone={looks[state].tone} icon={looks[state].icon}>
      {t(`keys.state.${state}`)}
    </Badge>
  );
}
