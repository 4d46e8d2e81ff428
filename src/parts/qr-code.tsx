import { qrMatrix } from '../core/qr/qr-matrix.ts';
import css from './qr-code.module.css';

/** A QR code, black on white whatever the theme. Silent for a screen reader without a label. */
export function QrCode({ text, label }: { text: string; label?: string }) {
  const { rows, size } = qrMatrix(text);
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
  const code = (
    <svg
      className={css['code']}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      aria-hidden="true"
    >
      <path d={path.join('')} />
    </svg>
  );
  if (label === undefined) return code;
  return (
    <div role="img" aria-label={label}>
      {code}
    </div>
  );
}
