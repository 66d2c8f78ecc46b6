import type { BenchPart } from './bench-part';
import { bulkAppend } from './bulk-append.bench';
import { dashboard } from './dashboard.bench';
import { demonstrationLoad } from './demonstration-load.bench';
import { oneEntry } from './one-entry.bench';
import { oneOrgMonth } from './one-org-month.bench';
import { rebuildOfAll } from './rebuild.bench';
import { start } from './start.bench';

/** In the order in which they run: what writes comes after what only reads. */
export const BENCH_PARTS: readonly BenchPart[] = [
  demonstrationLoad,
  bulkAppend,
  rebuildOfAll,
  dashboard,
  oneOrgMonth,
  start,
  oneEntry,
];
