/** One bound that a row's value, or its ratio to the baseline, is held against. */
export interface Limit {
  readonly of: 'value' | 'ratio';
  readonly is: '<' | '≤' | '≥';
  readonly than: number;
}

export interface RowDefinition {
  readonly row: string;
  readonly unit: string;
  /** All of them have to hold; none where a row is there to be known and not judged. */
  readonly target: readonly Limit[];
}

/** What was measured for a row; the baseline in the row's unit, from the same run. */
export interface Measurement {
  readonly value: number;
  readonly baseline?: number;
}

/** A row as it is printed. */
export interface Row {
  readonly row: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number | null;
  /** Value by baseline. */
  readonly ratio: number | null;
  readonly target: string;
  /** Null where there is no target. */
  readonly met: boolean | null;
}

export function atLeast(than: number): Limit {
  return { of: 'value', is: '≥', than };
}

export function below(than: number): Limit {
  return { of: 'value', is: '<', than };
}

export function timesBaseline(is: '≤' | '≥', than: number): Limit {
  return { of: 'ratio', is, than };
}

export function judge({ row, unit, target }: RowDefinition, { value, baseline }: Measurement): Row {
  const ratio = baseline === undefined ? null : value / baseline;
  return {
    row,
    value: rounded(value),
    unit,
    baseline: baseline === undefined ? null : rounded(baseline),
    ratio: ratio === null ? null : rounded(ratio),
    target: target.map((limit) => textOf(limit, unit)).join(', '),
    met: target.length === 0 ? null : target.every((limit) => holds(limit, limit.of === 'value' ? value : ratio)),
  };
}

function holds({ is, than }: Limit, measured: number | null): boolean {
  if (measured === null) return false;
  if (is === '≥') return measured >= than;
  return is === '≤' ? measured <= than : measured < than;
}

function textOf({ of, is, than }: Limit, unit: string): string {
  return `${is} ${than} ${of === 'ratio' ? '× baseline' : unit}`;
}

/** To three significant digits, and to a whole number from 100 on. */
function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
