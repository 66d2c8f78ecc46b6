import type { ImportRecord } from './import-record';
import type { ProposedRow } from './import-rows.queries';

/** Rows whose problems name the column of their field, also what the ledger says of them: it knows of fields only. */
export function placed<Row extends ProposedRow>({ sheets }: ImportRecord, rows: readonly Row[]): Row[] {
  return rows.map((row) => ({
    ...row,
    problems: row.problems.map((problem) => {
      const columns = sheets?.[row.sheet ?? -1]?.columns ?? [];
      const found = columns.find(({ field }) => field !== null && field === problem.field);
      return { ...problem, column: problem.column ?? found?.column ?? null };
    }),
  }));
}
