import type { Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inEachRegistry } from '../../libs/indicators/each-registry';
import { recompute, sweep } from '../../libs/indicators/recompute';
import { findRegistries } from '../../libs/indicators/registry.queries';
import { forgetOldImports, runForsakenImports } from '../../libs/intake/import-forsaken';
import { runImport } from '../../libs/intake/import-run';
import { JOB_HANDLERS, type JobHandlers } from '../../libs/jobs/job-handlers';
import { drillNightly, verifyNightly, type OfficeUrls } from './nightly';

/** What each job does. */
export function ledgerHandlers(source: DataSource, office?: OfficeUrls): JobHandlers {
  return {
    recompute: async ({ registryId }) => void (await recompute(source, registryId)),
    sweep: async () => {
      await sweep(source);
      await runForsakenImports(source);
    },
    import: async ({ registryId, importId }) => {
      await runImport(source, registryId, importId);
      await recompute(source, registryId);
    },
    verify: async () => {
      await forgetOldImports(source);
      const registries = await findRegistries(source.manager);
      await inEachRegistry(
        registries.map(({ registryId }) => registryId),
        (registryId) => verifyNightly(source, registryId),
      );
    },
    drill: async () => void (office && (await drillNightly(source, office))),
  };
}

/** @param office where its database is, as its worker's drills need to know */
export function handlersOf(office: OfficeUrls): Provider<JobHandlers> {
  return {
    provide: JOB_HANDLERS,
    inject: [DataSource],
    useFactory: (source: DataSource) => ledgerHandlers(source, office),
  };
}
