import type { CheckUpView, FoundNumber, ReportFinding } from '../api/check-ups';

/** A stretch of a line that is all one: plain, a number, or what a finding is of. */
export interface Piece {
  readonly start: number;
  readonly text: string;
  readonly number?: FoundNumber;
  /** Which finding; the first where several are of one place. */
  readonly finding?: number;
  /** Whether the finding's place begins here. */
  readonly first?: boolean;
}

/** The text line by line, cut where numbers and findings begin and end. */
export function piecesOf(
  { text, numbers }: Pick<CheckUpView, 'text' | 'numbers'>,
  shown: readonly { finding: Pick<ReportFinding, 'place'>; number: number }[],
): Piece[][] {
  const begun = new Set<number>();
  const lines: Piece[][] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    const within = (span: { start: number; end: number }) => span.start < end && span.end > start;
    const inLine = numbers.filter(within);
    const found = shown.filter(({ finding }) => within(finding.place));
    const cuts = [start, end];
    for (const span of [...inLine, ...found.map(({ finding }) => finding.place)]) {
      cuts.push(Math.max(span.start, start), Math.min(span.end, end));
    }
    const sorted = [...new Set(cuts)].sort((a, b) => a - b);
    const pieces: Piece[] = [];
    sorted.slice(0, -1).forEach((from, at) => {
      const to = sorted[at + 1]!;
      const covers = (span: { start: number; end: number }) => span.start <= from && span.end >= to;
      const finding = found.find(({ finding: { place } }) => covers(place))?.number;
      const first = finding !== undefined && !begun.has(finding);
      if (finding !== undefined) begun.add(finding);
      pieces.push({ start: from, text: text.slice(from, to), number: inLine.find(covers), finding, first });
    });
    lines.push(pieces);
    start = end + 1;
  }
  return lines;
}
