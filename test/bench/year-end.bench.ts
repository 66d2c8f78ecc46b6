import { buffer } from 'node:stream/consumers';
import type { DataSource } from 'typeorm';
import { machineOwner } from '../../libs/accounts/machine-owner';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { openAssessmentFile } from '../../libs/reports/assessment-file';
import { narrative } from '../../libs/reports/narrative';
import { openAssessment } from '../../libs/self-assessment/read-assessment';
import { FILE_KINDS } from '../../libs/self-assessment/record';
import type { BenchPart } from './bench-part';
import { below } from './bench-row';
import { timed } from './stopwatch';

const { registryId } = DEMONSTRATION_REGISTRY;

/** All that is handed in for the demonstration's year: form, report, narrative, data and the evidence of every line. */
export const yearEnd: BenchPart = {
  name: 'year-end',
  rows: [{ row: 'a complete year-end pack', unit: 's', target: [below(10)] }],
  async measure(context) {
    const { source } = (await context.demonstration()).database;
    return [{ value: (await timed(() => makePack(source))) / 1_000 }];
  },
};

async function makePack(source: DataSource): Promise<void> {
  const owner = await machineOwner(source.manager, registryId);
  const opened = await openAssessment(source, { registryId, form: 'hunan', period: '2024' });
  narrative(opened.filled);
  for (const kind of FILE_KINDS) {
    const { body } = await openAssessmentFile(source, owner, opened, { kind });
    await buffer(body);
  }
}
