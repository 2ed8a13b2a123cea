import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/language-context.tsx';
import classes from './bar-chart.module.css';

/** What a bar is drawn like: told apart by lightness and hatching, so in grey as well. */
export type BarLook = 'light' | 'solid' | 'hatched';

export interface Series {
  readonly key: string;
  readonly name: string;
  readonly look: BarLook;
}

export interface Point {
  readonly key: string;
  /** Below the axis; empty where there is no room for one. */
  readonly mark: string;
  /** Of its row in the table and of its bars. */
  readonly title: string;
  readonly values: Readonly<Record<string, number>>;
}

interface BarChartProps {
  readonly label: string;
  /** What is drawn beside each other, each of them piled up. */
  readonly stacks: readonly (readonly Series[])[];
  readonly points: readonly Point[];
  readonly format: (value: number) => string;
  /** The end of the axis for the highest bar. */
  readonly topOf: (most: number) => number;
  /** Head of the table's first column. */
  readonly head: string;
}

const height = 132;
const step = 40;
const gap = 2;

/** Bars over time, and every number of them in a table behind a press. */
export function BarChart(props: BarChartProps) {
  const t = useText();
  const [asTable, setAsTable] = useState(false);
  const { label, stacks } = props;
  return (
    <figure className={classes.chart}>
      <figcaption>
        <Legend series={stacks.flat()} />
        <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? t('chart.draw') : t('chart.numbers')}
        </button>
      </figcaption>
      {asTable ? (
        <ChartTable label={label}>
          <NumberRows {...props} />
        </ChartTable>
      ) : (
        <Drawing {...props} />
      )}
    </figure>
  );
}

/** What each look stands for; nothing where there is only one. */
export function Legend({ series }: { readonly series: readonly Series[] }) {
  return (
    <ul className={classes.legend}>
      {series.length > 1 &&
        series.map(({ key, name, look }) => (
          <li key={key} data-look={look}>
            {name}
          </li>
        ))}
    </ul>
  );
}

/** The numbers of a chart, scrolling by themselves. */
export function ChartTable({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={label}>
      <table>{children}</table>
    </div>
  );
}

function Drawing({ label, stacks, points, format, topOf }: BarChartProps) {
  const pattern = useId();
  const sums = points.flatMap(({ values }) => stacks.map((stack) => sumOf(stack, values)));
  const top = topOf(Math.max(0, ...sums));
  const scale = (value: number) => (value / top) * height;
  const bar = Math.min(20, (step * 0.7 - gap * (stacks.length - 1)) / stacks.length);
  const left = (step - bar * stacks.length - gap * (stacks.length - 1)) / 2;
  return (
    <div className={classes.drawing}>
      <span className={classes.top}>{format(top)}</span>
      <svg viewBox={`0 0 ${points.length * step} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <defs>
          <pattern id={pattern} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" className={classes.hatchGround} />
            <rect width="2" height="5" className={classes.hatchLine} />
          </pattern>
        </defs>
        {points.map(({ key, title, values }, index) => (
          <g key={key}>
            {stacks.map((stack, place) =>
              stack.map((series, level) => {
                const below = sumOf(stack.slice(0, level + 1), values);
                return (
                  <rect
                    key={series.key}
                    x={index * step + left + place * (bar + gap)}
                    y={height - scale(below)}
                    width={bar}
                    height={scale(values[series.key] ?? 0)}
                    className={classes[series.look]}
                    {...(series.look === 'hatched' ? { fill: `url(#${pattern})` } : {})}
                  />
                );
              }),
            )}
            <rect x={index * step} y={0} width={step} height={height} className={classes.hit}>
              <title>
                {[title, ...stacks.flat().map((one) => `${one.name} ${format(values[one.key] ?? 0)}`)].join(' · ')}
              </title>
            </rect>
          </g>
        ))}
      </svg>
      <div className={classes.axis} aria-hidden="true">
        {points.map(({ key, mark }) => (
          <span key={key}>{mark}</span>
        ))}
      </div>
    </div>
  );
}

function NumberRows({ stacks, points, format, head }: BarChartProps) {
  const all = stacks.flat();
  return (
    <>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {all.map(({ key, name }) => (
            <th key={key} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map(({ key, title, values }) => (
          <tr key={key}>
            <th scope="row">{title}</th>
            {all.map((one) => (
              <td key={one.key}>{format(values[one.key] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </>
  );
}

function sumOf(stack: readonly Series[], values: Point['values']): number {
  return stack.reduce((sum, { key }) => sum + (values[key] ?? 0), 0);
}

/** A round number not below the highest bar. */
export function niceCount(most: number): number {
  if (most <= 1) return 1;
  const ten = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((factor) => factor * ten).find((top) => top >= most) ?? most;
}

const minute = 60_000;
const times = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400].map(
  (seconds) => seconds * 1000,
);

/** A round length of time, in milliseconds, not below the highest bar. */
export function niceTime(most: number): number {
  return times.find((top) => top >= most) ?? Math.ceil(most / (1_440 * minute)) * 1_440 * minute;
}
