import type { Row } from './bench-row';

const HEAD = ['row', 'value', 'unit', 'baseline', 'ratio', 'target', 'met'] as const;
const NUMBERS: ReadonlySet<string> = new Set(['value', 'baseline', 'ratio']);

/** A table that reads on a terminal and in Markdown alike. */
export function asTable(rows: readonly Row[]): string {
  const cells = [HEAD, ...rows.map((row) => HEAD.map((column) => cellOf(row[column])))];
  const widths = HEAD.map((_, place) => Math.max(...cells.map((line) => line[place]?.length ?? 0)));
  const lines = cells.map((line) =>
    line.map((cell, place) =>
      NUMBERS.has(HEAD[place] ?? '') ? cell.padStart(widths[place] ?? 0) : cell.padEnd(widths[place] ?? 0),
    ),
  );
  const rule = HEAD.map((column, place) => {
    const dashes = '-'.repeat(widths[place] ?? 0);
    return NUMBERS.has(column) ? `${dashes.slice(1)}:` : dashes;
  });
  lines.splice(1, 0, rule);
  return lines.map((line) => `| ${line.join(' | ')} |\n`).join('');
}

export function asJson(rows: readonly Row[]): string {
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function cellOf(value: Row[keyof Row]): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? value.toLocaleString('en-US', { maximumFractionDigits: 3 }) : value;
}
