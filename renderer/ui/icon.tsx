/** Drawn on a 16 px grid with a 1.5 px line, in the colour of the text around them. */
const shapes = {
  clock: 'M8 4.75V8l2.25 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  dots: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  arrow: 'M2.75 8h10.5M9 3.75 13.25 8 9 12.25',
  tick: 'm3.25 8.5 3.25 3.25 6.25-7',
  doubleTick: 'm1.5 8.5 3 3 5.75-6.5M8.25 11.25l.25.25 6-6.5',
  cross: 'm4 4 8 8M12 4l-8 8',
  hourglass: 'M4.25 2h7.5M4.25 14h7.5M5 2v2.5L8 8l3-3.5V2M5 14v-2.5L8 8l3 3.5V14',
  shield: 'M8 1.75 13 3.5v4c0 3.25-2 5.5-5 6.75-3-1.25-5-3.5-5-6.75v-4L8 1.75Z',
  slash: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM3.9 3.9l8.2 8.2',
  question: 'M5.25 5.75a2.75 2.75 0 1 1 4.4 2.2C8.7 8.65 8 9.1 8 10.25M8 13.25h.01',
  flag: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM5.5 8.25l1.75 1.75 3.25-3.75',
  messages: 'M2 5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v4.5a2 2 0 0 1-2 2H8L5 14v-2.5H4a2 2 0 0 1-2-2V5Z',
  sun: 'M8 10.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM8 1.25v1.25M8 13.5v1.25M1.25 8H2.5M13.5 8h1.25M3.25 3.25l.9.9M11.85 11.85l.9.9M3.25 12.75l.9-.9M11.85 4.15l.9-.9',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z',
  globe:
    'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM2 8h12M8 2c1.8 1.8 2.5 3.8 2.5 6S9.8 12.2 8 14C6.2 12.2 5.5 10.2 5.5 8S6.2 3.8 8 2Z',
  signOut: 'M6 2.5H4A1.5 1.5 0 0 0 2.5 4v8A1.5 1.5 0 0 0 4 13.5h2M6.5 8h7M10.5 5l3 3-3 3',
  copy: 'M6 5.5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1ZM3 10.5V3.5a1 1 0 0 1 1-1h6.5',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  chevron: 'm6 4 4 4-4 4',
  up: 'M8 13V3M4 7l4-4 4 4',
  alert: 'M8 5.5v3M8 11h.01M7.15 2.5 1.7 12a1 1 0 0 0 .85 1.5h10.9a1 1 0 0 0 .85-1.5L8.85 2.5a1 1 0 0 0-1.7 0Z',
  refresh: 'M13.25 8a5.25 5.25 0 1 1-1.5-3.7M13.5 2v3h-3',
  webhook:
    'M9.5 6.5 12 4M4 12l2.5-2.5M6 5.5 4.6 6.9a2.95 2.95 0 0 0 4.2 4.2L10.2 9.7M10 10.5l1.4-1.4a2.95 2.95 0 0 0-4.2-4.2L5.8 6.3',
  book: 'M13 11.75V2H4.75A1.75 1.75 0 0 0 3 3.75v8.5m10-.5H4.75a1.13 1.13 0 0 0 0 2.25H13v-2.25ZM3 12.9a1.13 1.13 0 0 1 1.75-1.15',
  refund: 'M5.5 3 2.5 6l3 3M2.75 6H10a3.5 3.5 0 0 1 0 7H6.5',
  inbound: 'M8 2.5v7M5 6.75l3 3 3-3M3 12.75h10',
} as const;
export type IconName = keyof typeof shapes;

interface IconProps {
  readonly name: IconName;
  readonly size?: number;
}

/** A picture beside words that say the same, so it is hidden from a screen reader. */
export function Icon({ name, size = 16 }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'dots' ? 2 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
