import { useText } from '../i18n/language-context.tsx';
import { Icon } from './icon.tsx';
import classes from './state-badge.module.css';
import { shownStates } from './states.ts';
import type { ShownState } from './states.ts';

/** A state by label, colour and picture; what it means is in its tooltip. */
export function StateBadge({ state }: { readonly state: ShownState }) {
  const t = useText();
  const { icon, tone } = shownStates[state];
  return (
    <span className={classes.badge} data-tone={tone} data-state={state} title={t(`stateHelp.${state}`)}>
      <Icon name={icon} size={14} />
      {t(`state.${state}`)}
    </span>
  );
}

/** The same, with how many recipients are in that state. */
export function StateCount({ state, count }: { readonly state: ShownState; readonly count: string }) {
  const t = useText();
  const { icon, tone } = shownStates[state];
  return (
    <span className={classes.count} data-tone={tone} data-state={state} title={t(`stateHelp.${state}`)}>
      <Icon name={icon} size={14} />
      <span>{t(`state.${state}`)}</span>
      <b>{count}</b>
    </span>
  );
}
