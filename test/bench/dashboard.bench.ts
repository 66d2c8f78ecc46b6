import type { DataSource } from 'typeorm';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { readEntriesBehind } from '../../libs/indicators/entries-behind';
import { readIndicatorValues, readMetricValues } from '../../libs/indicators/values';
import type { BenchPart } from './bench-part';
import { below } from './bench-row';
import { p95, timed } from './stopwatch';

const { registryId } = DEMONSTRATION_REGISTRY;
const READINGS = 100;
const PERIOD = '2024';

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
      { value: await p95Of(() => readDashboard(source)) },
      { value: await p95Of(() => readList(source, 'retention.revisited')) },
      { value: await p95Of(() => readList(source, 'match.screen_agreed')) },
    ];
  },
};

async function p95Of(read: () => Promise<unknown>): Promise<number> {
  const samples: number[] = [];
  for (let reading = 0; reading < READINGS; reading += 1) samples.push(await timed(read));
  return p95(samples);
}

async function readDashboard(source: DataSource): Promise<void> {
  const year = { registryId, period: PERIOD };
  const months = { ...year, by: 'month' } as const;
  await Promise.all([
    readMetricValues(source, year),
    readIndicatorValues(source, year),
    readMetricValues(source, months),
    readIndicatorValues(source, months),
  ]);
}

async function readList(source: DataSource, key: string): Promise<void> {
  await readEntriesBehind(source, { registryId, key, period: PERIOD });
}
