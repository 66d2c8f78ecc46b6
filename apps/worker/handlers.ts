import type { Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { recompute, sweep } from '../../libs/indicators/recompute';
import { findRegistries } from '../../libs/indicators/registry.queries';
import { verify } from '../../libs/indicators/verify';
import { JOB_HANDLERS, type JobHandlers } from '../../libs/jobs/job-handlers';

/** What each job does. */
export const LEDGER_HANDLERS: Provider<JobHandlers> = {
  provide: JOB_HANDLERS,
  inject: [DataSource],
  useFactory: (source: DataSource): JobHandlers => ({
    recompute: async ({ registryId }) => void (await recompute(source, registryId)),
    sweep: () => sweep(source),
    verify: async () => {
      for (const { registryId } of await findRegistries(source.manager)) await verify(source, registryId);
    },
  }),
};
