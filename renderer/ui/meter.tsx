import classes from './meter.module.css';

interface MeterProps {
  readonly value: number;
  readonly most: number;
  readonly label: string;
}

/** How much of something that is limited is used; full is said by words beside it. */
export function Meter({ value, most, label }: MeterProps) {
  return (
    <meter
      className={classes.meter}
      min={0}
      max={Math.max(1, most)}
      high={most * 0.8}
      optimum={0}
      value={value}
      aria-label={label}
    />
  );
}
