import { Module } from '@nestjs/common';
import { AssessmentsController } from './assessments/assessments.controller';
import { CatalogueController } from './catalogue/catalogue.controller';
import { EntriesController } from './entries/entries.controller';
import { HealthController } from './health/health.controller';
import { OrgsController } from './orgs/orgs.controller';
import { RegistryService } from './registry.service';
import { StatusController } from './status/status.controller';
import { ValuesController } from './values/values.controller';

/** Needs a `DatabaseModule` and a `JobsModule` in the same application. */
@Module({
  controllers: [
    StatusController,
    CatalogueController,
    OrgsController,
    EntriesController,
    ValuesController,
    AssessmentsController,
    HealthController,
  ],
  providers: [RegistryService],
})
export class ApiModule {}
