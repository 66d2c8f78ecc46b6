/** A piece of a page's text where it stands; the page's bottom is 0. */
export interface PlacedText {
  readonly text: string;
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly size: number;
}

/** Pieces by the lines they stand on, from above, each from the left. */
export function onLines(pieces: readonly PlacedText[]): PlacedText[][] {
  const lines: PlacedText[][] = [];
  for (const piece of [...pieces].sort((one, other) => other.bottom - one.bottom || one.left - other.left)) {
    const line = lines.at(-1);
    if (line && Math.abs(line[0]!.bottom - piece.bottom) <= 0.45 * piece.size) line.push(piece);
    else lines.push([piece]);
  }
  return lines.map((line) => line.sort((one, other) => one.left - other.left));
}

/** A line of a cell and the next one. */
export function inOneLine(one: string, other: string): string {
  return /[A-Za-z]$/.test(one) && /^[A-Za-z]/.test(other) ? `${one} ${other}` : one + other;
}
