import type { BenchPart } from './bench-part';
import { timesBaseline } from './bench-row';
import { copyRate } from './copy-baseline';

/** The demonstration as a first start loads it, told and checked, against COPY of the same rows. */
export const demonstrationLoad: BenchPart = {
  name: 'demonstration-load',
  rows: [{ row: 'demonstration load', unit: 'entries/s', target: [timesBaseline('≥', 0.5)] }],
  async measure(context) {
    const { entriesPerSecond } = await context.demonstration();
    return [{ value: entriesPerSecond, baseline: await copyRate(context) }];
  },
};
