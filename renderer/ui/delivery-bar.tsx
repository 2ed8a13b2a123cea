import { useText } from '../i18n/language-context.tsx';
import classes from './delivery-bar.module.css';
import { countOf, ordered, shownStates, stateOfStatus } from './states.ts';
import type { DrSummary } from './states.ts';

interface DeliveryBarProps {
  readonly summary: DrSummary;
  readonly total: number;
}

/** How far a message has come, as one thin bar in the colours of the states. */
export function DeliveryBar({ summary, total }: DeliveryBarProps) {
  const t = useText();
  const label = t('messages.deliveredOf', { delivered: countOf(summary, 'success'), total });
  return (
    <span className={classes.bar} role="img" aria-label={label} title={label}>
      {ordered(summary).map(({ drStatus, count }) => {
        const state = stateOfStatus(drStatus);
        return (
          <span
            key={drStatus}
            className={classes.piece}
            data-tone={shownStates[state].tone}
            data-state={state}
            style={{ flexGrow: count }}
          />
        );
      })}
    </span>
  );
}
