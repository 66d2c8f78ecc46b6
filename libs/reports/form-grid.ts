import type { FilledForm } from '../assessment/filled-form';
import { HALF_TARGET_HEADING, type LineColumn } from '../assessment/forms';

export type FormColumnKey = LineColumn | 'forecast' | 'likelihood';

export interface FormColumn {
  /** The place among the tiers, or what is printed. */
  readonly shows: { readonly tier: number } | { readonly column: FormColumnKey };
  readonly heading: string;
  /** In the widths of a digit. */
  readonly width: number;
}

/** Some columns beside each other that make one cell; from 1. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const WIDTHS: Readonly<Record<FormColumnKey, number>> = {
  halfTarget: 13,
  target: 13,
  actual: 13,
  source: 20,
  weight: 8,
  score: 9,
  deviation: 9,
  cause: 24,
  forecast: 18,
  likelihood: 11,
};
const TIER = 10;
const NAME = 20;
/** What stands upright on A4 without becoming small. */
const UPRIGHT = 140;

/** The columns of the lines' table: tiers, then what the form prints; in July what is foreseen, too. */
export function columnsOf({ tiers, columns, stage }: FilledForm): FormColumn[] {
  // In July nothing is scored.
  const shown = columns.filter(({ key }) => stage === 'year' || (key !== 'weight' && key !== 'score'));
  const printed = shown.map(({ key, heading }) => columnOf(key, heading));
  if (stage === 'half') {
    if (!columns.some(({ key }) => key === 'halfTarget')) {
      printed.splice(placeOf(printed, 'target'), 0, columnOf('halfTarget', HALF_TARGET_HEADING));
    }
    const foreseen = [columnOf('forecast', '全年预计完成'), columnOf('likelihood', '完成可能性')];
    printed.splice(placeOf(printed, 'cause'), 0, ...foreseen);
  }
  return [
    ...tiers.map((heading, tier) => ({
      shows: { tier },
      heading,
      width: tier === tiers.length - 1 ? NAME : TIER,
    })),
    ...printed,
  ];
}

function columnOf(column: FormColumnKey, heading: string): FormColumn {
  return { shows: { column }, heading, width: WIDTHS[column] };
}

/** Where a column stands, or the end. */
function placeOf(columns: readonly FormColumn[], key: FormColumnKey): number {
  const at = columns.findIndex(({ shows }) => 'column' in shows && shows.column === key);
  return at < 0 ? columns.length : at;
}

export function standsUpright(columns: readonly FormColumn[]): boolean {
  return widthOf(columns, { from: 1, to: columns.length }) <= UPRIGHT;
}

export function widthOf(columns: readonly FormColumn[], { from, to }: Span): number {
  return columns.slice(from - 1, to).reduce((sum, { width }) => sum + width, 0);
}

/** Lays some cells over columns that are as many or more, so that their widths differ least. */
export function spread(columns: readonly FormColumn[], within: Span, cells: number): Span[] {
  const share = widthOf(columns, within) / cells;
  const best = (from: number, left: number): { spans: Span[]; off: number } => {
    const off = (to: number) => (widthOf(columns, { from, to }) - share) ** 2;
    if (left === 1) return { spans: [{ from, to: within.to }], off: off(within.to) };
    let found: { spans: Span[]; off: number } | undefined;
    for (let to = from; to <= within.to - left + 1; to += 1) {
      const rest = best(to + 1, left - 1);
      const all = off(to) + rest.off;
      if (!found || all < found.off) found = { spans: [{ from, to }, ...rest.spans], off: all };
    }
    if (!found) throw new Error('more cells than columns');
    return found;
  };
  return best(within.from, cells).spans;
}
