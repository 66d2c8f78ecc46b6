import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { actOf } from '../../../libs/accounts/act-of';
import { recordAct } from '../../../libs/accounts/audit';
import type { Principal } from '../../../libs/accounts/principal';
import { findLastChainCheck } from '../../../libs/accounts/search-audit.queries';
import { readDrills } from '../../../libs/backup/read-drills';
import { DomainError } from '../../../libs/core/domain-error';
import { findRoot } from '../../../libs/indicators/orgs.queries';
import { findLastVerification } from '../../../libs/indicators/registry.queries';
import { type FailedJob, JobDesk } from '../../../libs/jobs/job-desk';
import { Asking, Needs } from '../access/needs';
import { PageMark, PageSize } from '../query-fields';

class FailedJobsQuery {
  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}

@ApiTags('jobs')
@Needs('jobs.read')
@Controller('api/jobs')
export class JobsController {
  constructor(
    private readonly source: DataSource,
    private readonly desk: JobDesk,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'What waits and runs, the workers, the last and the next run of each schedule; and what the last recounts and the last drill found',
  })
  async look(@Asking() principal: Principal) {
    await this.requireWholeRegistry(principal);
    const { manager } = this.source;
    const { registryId } = principal;
    const [queue, verification, audit, { drills }] = await Promise.all([
      this.desk.look().catch(unlessUnreachable),
      findLastVerification(manager, registryId),
      findLastChainCheck(manager, registryId),
      readDrills(manager, registryId, { limit: 1 }),
    ]);
    return {
      queue,
      checks: { values: verification ?? null, audit: audit ?? null, drill: drills[0] ?? null },
    };
  }

  @Get('failed')
  @ApiOperation({ summary: 'The jobs that were tried to the last, the latest first, with the reason' })
  async failed(
    @Asking() principal: Principal,
    @Query() page: FailedJobsQuery,
  ): Promise<{ jobs: FailedJob[]; next: string | null }> {
    await this.requireWholeRegistry(principal);
    return this.desk.failed(principal.registryId, page);
  }

  @Needs('jobs.manage')
  @Post(':id/retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Have a failed job tried again, with all attempts before it' })
  async retry(@Asking() principal: Principal, @Param('id') id: string): Promise<{ job: FailedJob }> {
    return { job: await this.change(principal, 'job.retry', id, () => this.desk.retry(principal.registryId, id)) };
  }

  @Needs('jobs.manage')
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Forget a failed job: what it was to do stands in the database, and is not lost' })
  async remove(@Asking() principal: Principal, @Param('id') id: string): Promise<void> {
    await this.change(principal, 'job.remove', id, () => this.desk.remove(principal.registryId, id));
  }

  /** The queue knows no transactions with us: nothing is done that could not be recorded. */
  private async change(principal: Principal, act: string, id: string, work: () => Promise<FailedJob>) {
    await this.requireWholeRegistry(principal);
    return this.source.transaction(async (manager) => {
      await recordAct(manager, actOf(principal, act, id));
      return work();
    });
  }

  /** Jobs are of the office as a whole. */
  private async requireWholeRegistry({ registryId, orgs }: Principal): Promise<void> {
    const root = await findRoot(this.source.manager, registryId);
    if (root !== null && orgs.has(root)) return;
    throw new DomainError('org_out_of_reach', {
      zh: '后台任务属于整个资料库，您的账号只管其中一部分。',
      en: 'Jobs are of the whole registry, and your account reaches a part of it.',
    });
  }
}

/** What the database tells is told also while the queue is out of reach. */
function unlessUnreachable(error: unknown): null {
  if (error instanceof DomainError && error.code === 'job_queue_unreachable') return null;
  throw error;
}
