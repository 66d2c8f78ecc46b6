import type { BenchPart } from './bench-part';
import { below } from './bench-row';
import { readDashboard, readList, timesOf } from './readings';
import { p95 } from './stopwatch';

/** What the first page asks for at once, and the first page of the list behind a figure of distinct donors and of a sum. */
export const dashboard: BenchPart = {
  name: 'dashboard',
  rows: [
    { row: 'dashboard, p95', unit: 'ms', target: [below(50)] },
    { row: 'list behind retention.revisited, p95', unit: 'ms', target: [below(100)] },
    { row: 'list behind match.screen_agreed, p95', unit: 'ms', target: [below(100)] },
  ],
  async measure(context) {
    const { source } = (await context.demonstration()).database;
    return [
      { value: p95(await timesOf(() => readDashboard(source))) },
      { value: p95(await timesOf(() => readList(source, 'retention.revisited'))) },
      { value: p95(await timesOf(() => readList(source, 'match.screen_agreed'))) },
    ];
  },
};
