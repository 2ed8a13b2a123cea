import { useId, useState } from 'react';
import { useLanguage } from '../i18n/language-context.tsx';
import { hourOf, wholeNumber } from '../i18n/format.ts';
import classes from './hour-chart.module.css';

export interface ChartHour {
  readonly at: string;
  readonly sent: number;
  readonly delivered: number;
  readonly failed: number;
}

interface HourChartProps {
  readonly label: string;
  readonly hours: readonly ChartHour[];
}

const height = 132;
const step = 40;
const bar = 12;

/** Sent beside delivered and failed for each hour; told apart without colour, and every number in a table behind a press. */
export function HourChart({ label, hours }: HourChartProps) {
  const { language, t } = useLanguage();
  const [asTable, setAsTable] = useState(false);
  const pattern = useId();
  const most = Math.max(1, ...hours.map((hour) => Math.max(hour.sent, hour.delivered + hour.failed)));
  const top = niceTop(most);
  const scale = (value: number) => (value / top) * height;
  return (
    <figure className={classes.chart}>
      <figcaption>
        <ul className={classes.legend}>
          {(['sent', 'delivered', 'failed'] as const).map((what) => (
            <li key={what} data-what={what}>
              {t(`state.${what}`)}
            </li>
          ))}
        </ul>
        <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? t('chart.draw') : t('chart.numbers')}
        </button>
      </figcaption>
      {asTable ? (
        <HourTable label={label} hours={hours} />
      ) : (
        <div className={classes.drawing}>
          <span className={classes.top}>{wholeNumber(top, language)}</span>
          <svg
            viewBox={`0 0 ${hours.length * step} ${height}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={label}
          >
            <defs>
              <pattern id={pattern} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect width="5" height="5" className={classes.failedGround} />
                <rect width="2" height="5" className={classes.failedLine} />
              </pattern>
            </defs>
            {hours.map((hour, index) => {
              const left = index * step + (step - bar * 2 - 2) / 2;
              const [sent, delivered, failed] = [scale(hour.sent), scale(hour.delivered), scale(hour.failed)];
              return (
                <g key={hour.at}>
                  <rect x={left} y={height - sent} width={bar} height={sent} className={classes.sent} />
                  <rect
                    x={left + bar + 2}
                    y={height - delivered}
                    width={bar}
                    height={delivered}
                    className={classes.delivered}
                  />
                  <rect
                    x={left + bar + 2}
                    y={height - delivered - failed}
                    width={bar}
                    height={failed}
                    fill={`url(#${pattern})`}
                  />
                  <rect x={index * step} y={0} width={step} height={height} className={classes.hit}>
                    <title>
                      {`${hourOf(hour.at, language)} · ${t('state.sent')} ${hour.sent} · ${t('state.delivered')} ${hour.delivered} · ${t('state.failed')} ${hour.failed}`}
                    </title>
                  </rect>
                </g>
              );
            })}
          </svg>
          <div className={classes.axis} aria-hidden="true">
            {hours.map((hour, index) => (
              <span key={hour.at}>{index % 4 === 3 ? hourOf(hour.at, language) : ''}</span>
            ))}
          </div>
        </div>
      )}
    </figure>
  );
}

function HourTable({ label, hours }: HourChartProps) {
  const { language, t } = useLanguage();
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('chart.hour')}</th>
            <th scope="col">{t('state.sent')}</th>
            <th scope="col">{t('state.delivered')}</th>
            <th scope="col">{t('state.failed')}</th>
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => (
            <tr key={hour.at}>
              <th scope="row">{hourOf(hour.at, language)}</th>
              <td>{wholeNumber(hour.sent, language)}</td>
              <td>{wholeNumber(hour.delivered, language)}</td>
              <td>{wholeNumber(hour.failed, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A round number not far above the highest bar. */
function niceTop(most: number): number {
  const ten = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((factor) => factor * ten).find((top) => top >= most) ?? most;
}
