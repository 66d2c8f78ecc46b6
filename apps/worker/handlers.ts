import type { Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readEnvironment } from '../../libs/config/environment';
import { deliverDue } from '../../libs/deliveries/deliver-due';
import { sendersOf } from '../../libs/deliveries/office-senders';
import { inEachRegistry } from '../../libs/indicators/each-registry';
import { recompute, sweep } from '../../libs/indicators/recompute';
import { findRegistries } from '../../libs/indicators/registry.queries';
import { forgetOldImports, runForsakenImports } from '../../libs/intake/import-forsaken';
import { runImport } from '../../libs/intake/import-run';
import { JOB_HANDLERS, type JobHandlers } from '../../libs/jobs/job-handlers';
import { notifyWorklists } from '../../libs/ledger/notify-worklists';
import { runQuality } from '../../libs/quality/run';
import { drillNightly, verifyNightly, type OfficeUrls } from './nightly';

const SYSTEM = { actor: 'system' } as const;

/** What each job does. */
export function ledgerHandlers(source: DataSource, office?: OfficeUrls): JobHandlers {
  const environment = readEnvironment();
  const senders = sendersOf(environment);
  return {
    recompute: async ({ registryId }) => void (await recompute(source, registryId)),
    sweep: async () => {
      await sweep(source);
      await runForsakenImports(source);
    },
    import: async ({ registryId, importId }) => {
      const { state, keepGaps } = await runImport(source, registryId, importId);
      await recompute(source, registryId);
      // Whoever let gaps in is to see them at once.
      if (keepGaps && state === 'done') await runQuality(source, registryId, { ...SYSTEM, only: ['gap'] });
    },
    verify: async () => {
      await forgetOldImports(source, environment.IMPORT_FILE_DAYS);
      await inEachRegistry(await registryIds(source), (registryId) => verifyNightly(source, registryId));
    },
    quality: async () => {
      await inEachRegistry(await registryIds(source), async (registryId) => runQuality(source, registryId, SYSTEM));
    },
    notify: async () => {
      const now = new Date();
      await inEachRegistry(
        await registryIds(source),
        async (registryId) => void (await notifyWorklists(source, registryId, now)),
      );
    },
    deliver: async () => void (await deliverDue(source, senders, new Date())),
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

async function registryIds({ manager }: DataSource): Promise<number[]> {
  return (await findRegistries(manager)).map(({ registryId }) => registryId);
}
