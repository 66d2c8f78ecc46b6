import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import type { FilledForm } from '../../../libs/assessment/filled-form';
import { assessmentWorkbook } from '../../../libs/reports/assessment-workbook';
import { findRoot } from '../../../libs/indicators/orgs.queries';
import { readAssessment } from '../../../libs/reports/read-assessment';
import { DomainError } from '../../../libs/core/domain-error';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { RegistryService } from '../registry.service';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('assessments')
@Controller('api/assessments')
export class AssessmentsController {
  constructor(
    private readonly source: DataSource,
    private readonly registry: RegistryService,
  ) {}

  @Needs('assessments.read')
  @RouteConfig(EXPORT_LIMIT)
  @Get(':form/:year.xlsx')
  @ApiOperation({ summary: 'The year-end self-assessment as a workbook' })
  @ApiProduces(XLSX)
  async workbook(
    @Asking() principal: Principal,
    @Param('form') formCode: string,
    @Param('year') year: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { registryId, nameZh, demonstration } = await this.registry.of(principal);
    await this.requireWhole(principal);
    const form = await readAssessment(this.source, registryId, formCode, year);
    const head = { unitName: nameZh, period: year, demonstration, printedAt: new Date() };
    const name = `${demonstration ? '演示数据-' : ''}${year}年度${form.form.title.zh}.xlsx`;
    void reply
      .type(XLSX)
      .header(
        'content-disposition',
        `attachment; filename="${formCode}-${year}.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`,
      );
    return new StreamableFile(await assessmentWorkbook(form, head));
  }

  @Needs('assessments.read')
  @Get(':form/:year')
  @ApiOperation({ summary: 'The year-end self-assessment, filled from the indicators as they stand now' })
  async read(
    @Asking() principal: Principal,
    @Param('form') formCode: string,
    @Param('year') year: string,
  ): Promise<FilledForm> {
    await this.requireWhole(principal);
    return readAssessment(this.source, principal.registryId, formCode, year);
  }

  /** The form is the registry's own. */
  private async requireWhole({ registryId, orgs }: Principal): Promise<void> {
    if (orgs.has((await findRoot(this.source.manager, registryId)) ?? '')) return;
    throw new DomainError('org_out_of_reach', {
      zh: '自评表是整个资料库的，您的账号只管其中一部分。',
      en: 'The self-assessment is of the whole registry, and your account reaches a part of it.',
    });
  }
}
