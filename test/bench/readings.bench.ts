import type { DataSource } from 'typeorm';
import { DEMONSTRATION_ORGS, DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { readBridge } from '../../libs/funnel/bridge';
import { readCities } from '../../libs/funnel/cities';
import { readCohort } from '../../libs/funnel/cohort';
import { readTimes } from '../../libs/funnel/times';
import { findComputed, findMoment, resolveAsOf } from '../../libs/indicators/as-of';
import { readMonthCheck } from '../../libs/indicators/month-check';
import { readProgress } from '../../libs/targets/progress';
import type { BenchPart } from './bench-part';
import { below } from './bench-row';
import { readDashboard, timesOf } from './readings';
import { p95 } from './stopwatch';

const { registryId } = DEMONSTRATION_REGISTRY;
const [ROOT = '', CITY = ''] = DEMONSTRATION_ORGS.map(({ org }) => org);
const READINGS = 40;
/** A past moment takes longer, for what was written since is taken off. */
const PAST_READINGS = 5;

const year = { registryId, org: ROOT, period: '2024' };
const way = { ...year, from: 'screen_requested', to: 'donated' };

const READ: readonly { readonly row: string; read(source: DataSource, past: string): Promise<unknown> }[] = [
  { row: 'dashboard as of a past moment, p95', read: readPastDashboard },
  { row: 'cohort of the province and year, p95', read: (source) => readCohort(source, year) },
  { row: 'bridge of the province and year, p95', read: (source) => readBridge(source, { ...year, stage: 'exam' }) },
  { row: 'days between two stages, p95', read: (source) => readTimes(source, way) },
  { row: 'cities compared, p95', read: (source) => readCities(source, way) },
  { row: 'progress of the year’s targets, p95', read: (source) => readProgress(source, year) },
  {
    row: 'check of a city’s month, p95',
    read: (source) => readMonthCheck(source, { registryId, org: CITY, month: '2024-11' }),
  },
];

/** What the pages of months, funnels and targets ask for, over the demonstration. */
export const readingsOfPages: BenchPart = {
  name: 'readings',
  rows: READ.map(({ row }) => ({ row, unit: 'ms', target: [below(100)] })),
  async measure(context) {
    const { source } = (await context.demonstration()).database;
    const past = await findPast(source);
    const measured: { value: number }[] = [];
    for (const { read } of READ) {
      const readings = read === readPastDashboard ? PAST_READINGS : READINGS;
      measured.push({ value: p95(await timesOf(() => read(source, past), readings)) });
    }
    return measured;
  },
};

/** When nine tenths of the ledger had been written. */
async function findPast({ manager }: DataSource): Promise<string> {
  const { position } = await findComputed(manager, registryId);
  const { recordedAt } = await findMoment(manager, registryId, ((BigInt(position) * 9n) / 10n).toString());
  if (!recordedAt) throw new Error('nothing was written');
  return recordedAt.toISOString();
}

async function readPastDashboard(source: DataSource, past: string): Promise<void> {
  const { position } = await resolveAsOf(source.manager, registryId, past);
  await readDashboard(source, position);
}
