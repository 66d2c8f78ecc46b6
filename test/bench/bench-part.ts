import type { BenchContext } from './bench-context';
import type { Measurement, RowDefinition } from './bench-row';

/** Some rows that are measured together. */
export interface BenchPart {
  /** What `--only` calls it. */
  readonly name: string;
  /** Takes long, and runs only when asked for. */
  readonly large?: boolean;
  readonly rows: readonly RowDefinition[];
  /** A measurement for each row, in their order. */
  measure(context: BenchContext): Promise<readonly Measurement[]>;
}
