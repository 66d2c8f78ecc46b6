import type { DataSource } from 'typeorm';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { readEntriesBehind } from '../../libs/indicators/entries-behind';
import { readIndicatorValues, readMetricValues } from '../../libs/indicators/values';
import { timed } from './stopwatch';

const { registryId } = DEMONSTRATION_REGISTRY;
const READINGS = 100;
const PERIOD = '2024';

/** What the first page asks for at once. @param position of the ledger at which the figures are to stand */
export async function readDashboard(source: DataSource, position?: string): Promise<void> {
  const year = { registryId, period: PERIOD, position };
  const months = { ...year, by: 'month' } as const;
  await Promise.all([
    readMetricValues(source, year),
    readIndicatorValues(source, year),
    readMetricValues(source, months),
    readIndicatorValues(source, months),
  ]);
}

/** The first page of the list behind a figure of the year. */
export async function readList(source: DataSource, key: string): Promise<void> {
  await readEntriesBehind(source, { registryId, key, period: PERIOD });
}

/** How long each of some readings took, in milliseconds. */
export async function timesOf(read: () => Promise<unknown>, readings = READINGS): Promise<number[]> {
  const samples: number[] = [];
  for (let reading = 0; reading < readings; reading += 1) samples.push(await timed(read));
  return samples;
}
