import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { IdentityProvider } from '../../libs/accounts/identity-provider';
import type { SignOnSettings } from '../../libs/config/sign-on-settings';
import { AccessGuard } from './access/access.guard';
import { PUBLISHED } from './access/published';
import { AccountsController } from './accounts/accounts.controller';
import { AssessmentFilesController } from './assessments/assessment-files.controller';
import { AssessmentStepsController } from './assessments/assessment-steps.controller';
import { AssessmentTypingController } from './assessments/assessment-typing.controller';
import { AssessmentsController } from './assessments/assessments.controller';
import { RulePacksController } from './assessments/rule-packs.controller';
import { ReportTemplatesController } from './assessments/report-templates.controller';
import { BatchesController } from './batches/batches.controller';
import { BulletinsController } from './bulletins/bulletins.controller';
import { AuditController } from './audit/audit.controller';
import { BackupsController } from './backups/backups.controller';
import { CardsController } from './catalogue/cards.controller';
import { CasesController } from './cases/cases.controller';
import { CatalogueController } from './catalogue/catalogue.controller';
import { EntriesController } from './entries/entries.controller';
import { EntrySearchController } from './entries/entry-search.controller';
import { PreviewController } from './entries/preview.controller';
import { ReversalsController } from './entries/reversals.controller';
import { SheetController } from './entries/sheet.controller';
import { LEDGER_WRITER } from './entries/ledger-writer.provider';
import { CheckUpsController } from './check-ups/check-ups.controller';
import { EventStreams } from './events/event-streams.service';
import { EventsController } from './events/events.controller';
import { EvidenceController } from './evidence/evidence.controller';
import { FeedController } from './feed/feed.controller';
import { AgeingController } from './funnel/ageing.controller';
import { CitiesController } from './funnel/cities.controller';
import { FunnelController } from './funnel/funnel.controller';
import { TimesController } from './funnel/times.controller';
import { HealthController } from './health/health.controller';
import { ImportsController } from './imports/imports.controller';
import { JobsController } from './jobs/jobs.controller';
import { MonthsController } from './months/months.controller';
import { OrgsController } from './orgs/orgs.controller';
import { QualityController } from './quality/quality.controller';
import { RegistryService } from './registry.service';
import { DemonstrationController } from './session/demonstration.controller';
import { SecondFactorController } from './session/second-factor.controller';
import { IDENTITY_PROVIDER } from './session/identity-provider.token';
import { SealsController } from './seals/seals.controller';
import { SessionController } from './session/session.controller';
import { SignOnController } from './session/sign-on.controller';
import { SettingsController } from './settings/settings.controller';
import { SetupController } from './setup/setup.controller';
import { StatusController } from './status/status.controller';
import { OFFICE_SENDERS } from './subscriptions/senders.provider';
import { SubscriptionsController } from './subscriptions/subscriptions.controller';
import { TablesController } from './tables/tables.controller';
import { ProgressController } from './targets/progress.controller';
import { TargetsController } from './targets/targets.controller';
import { TokensController } from './tokens/tokens.controller';
import { ValuesController } from './values/values.controller';
import { WorklistsController } from './worklists/worklists.controller';

export interface WaysIn {
  /** Whether accounts whose password is published may come in. */
  readonly published: boolean;
  /** The provider by which people may sign in too. */
  readonly signOn?: SignOnSettings;
}

/** Needs a `DatabaseModule` and a `JobsModule` in the same application. */
@Module({
  controllers: [
    SessionController,
    SecondFactorController,
    DemonstrationController,
    SignOnController,
    SetupController,
    AccountsController,
    TokensController,
    StatusController,
    EventsController,
    CatalogueController,
    CardsController,
    SettingsController,
    OrgsController,
    EntriesController,
    EntrySearchController,
    ReversalsController,
    PreviewController,
    SheetController,
    CasesController,
    EvidenceController,
    ValuesController,
    TargetsController,
    ProgressController,
    TablesController,
    WorklistsController,
    FunnelController,
    TimesController,
    AgeingController,
    CitiesController,
    QualityController,
    SubscriptionsController,
    BatchesController,
    MonthsController,
    SealsController,
    ImportsController,
    AssessmentsController,
    AssessmentTypingController,
    AssessmentStepsController,
    RulePacksController,
    AssessmentFilesController,
    ReportTemplatesController,
    CheckUpsController,
    BulletinsController,
    FeedController,
    AuditController,
    BackupsController,
    JobsController,
    HealthController,
  ],
  providers: [
    LEDGER_WRITER,
    OFFICE_SENDERS,
    RegistryService,
    EventStreams,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
})
export class ApiModule {
  static forRoot({ published, signOn }: WaysIn): DynamicModule {
    const provider = signOn ? new IdentityProvider(signOn) : null;
    return {
      module: ApiModule,
      providers: [
        { provide: PUBLISHED, useValue: published },
        { provide: IDENTITY_PROVIDER, useValue: provider },
      ],
    };
  }
}
