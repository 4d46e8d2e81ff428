import { qrMatrix } from '../../core/qr/qr-matrix.ts';

/**
 * Draws a QR code as large as `room` (CSS pixels) allows, every
 * module the same whole number of device pixels, so that no edge is blurred.
 */
export function drawQr(canvas: HTMLCanvasElement, text: string, room: number): void {
  const { size, rows } = qrMatrix(text);
  const ratio = window.devicePixelRatio;
  const module = Math.max(1, Math.floor((room * ratio) / size));
  canvas.width = module * size;
  canvas.height = module * size;
  canvas.style.width = `${(module * size) / ratio}px`;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  rows.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) context.fillRect(x * module, y * module, module, module);
    });
  });
}
