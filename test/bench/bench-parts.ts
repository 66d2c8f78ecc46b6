import type { BenchPart } from './bench-part';
import { bulkAppend } from './bulk-append.bench';
import { close } from './close.bench';
import { dashboard } from './dashboard.bench';
import { demonstrationLoad } from './demonstration-load.bench';
import { firstPage } from './first-page.bench';
import { growth, largeGrowth } from './growth.bench';
import { oneEntry } from './one-entry.bench';
import { oneOrgMonth } from './one-org-month.bench';
import { readingsOfPages } from './readings.bench';
import { rebuildOfAll } from './rebuild.bench';
import { start } from './start.bench';
import { verifyOfAll } from './verify.bench';
import { workbook } from './workbook.bench';
import { yearEnd } from './year-end.bench';

/** In the order in which they run: what writes comes after what only reads. */
export const BENCH_PARTS: readonly BenchPart[] = [
  demonstrationLoad,
  bulkAppend,
  workbook,
  rebuildOfAll,
  dashboard,
  readingsOfPages,
  yearEnd,
  verifyOfAll,
  growth,
  largeGrowth,
  close,
  oneOrgMonth,
  start,
  firstPage,
  oneEntry,
];
