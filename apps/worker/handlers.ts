import { Logger, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inEachRegistry } from '../../libs/indicators/each-registry';
import { recompute, sweep } from '../../libs/indicators/recompute';
import { findRegistries } from '../../libs/indicators/registry.queries';
import { verify } from '../../libs/indicators/verify';
import { forgetOldImports, runForsakenImports } from '../../libs/intake/import-forsaken';
import { runImport } from '../../libs/intake/import-run';
import { JOB_HANDLERS, type JobHandlers } from '../../libs/jobs/job-handlers';

const logger = new Logger('Verify');

/** What each job does. */
export function ledgerHandlers(source: DataSource): JobHandlers {
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
        async (registryId) => warnOfDrift(registryId, (await verify(source, registryId)).drift),
      );
    },
  };
}

export const LEDGER_HANDLERS: Provider<JobHandlers> = {
  provide: JOB_HANDLERS,
  inject: [DataSource],
  useFactory: ledgerHandlers,
};

function warnOfDrift(registryId: number, drift: number): void {
  if (drift === 0) return;
  logger.warn(
    `资料库 ${registryId} 有 ${drift} 个数值与台账不符。请运行 npm run -s ledger -- verify --format json 查看，再用 rebuild 重算。 ` +
      `${drift} values of registry ${registryId} are not what its ledger gives. See npm run -s ledger -- verify --format json, then rebuild.`,
  );
}
