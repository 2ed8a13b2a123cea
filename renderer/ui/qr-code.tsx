import { encode } from 'uqr';
import classes from './qr-code.module.css';

interface QrCodeProps {
  /** What it is, for who cannot see it. */
  readonly label: string;
  readonly text: string;
}

/** A text for the camera of a phone: dark on white in both themes, for many cameras read nothing else. */
export function QrCode({ label, text }: QrCodeProps) {
  const { size, data } = encode(text, { ecc: 'M', border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg className={classes.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={squares.join('')} />
    </svg>
  );
}
