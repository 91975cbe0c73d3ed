import qrcode from 'qrcode-generator';

/** A QR code as the lines of one SVG path, one unit a square. */
export interface QrDrawing {
  /** Squares of a side, the white margin of four included. */
  size: number;
  path: string;
}

/** The margin that readers need around. Source: ISO/IEC 18004. */
const MARGIN = 4;

/** Draws a text. */
export function qrCode(text: string): QrDrawing {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const squares = code.getModuleCount();
  const each = Array.from({ length: squares }, (_, at) => at);
  const path = each
    .flatMap((row) =>
      each
        .filter((column) => code.isDark(row, column))
        .map((column) => `M${column + MARGIN} ${row + MARGIN}h1v1h-1z`),
    )
    .join('');
  return { size: squares + 2 * MARGIN, path };
}
