import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { FilledForm } from '../../../libs/assessment/filled-form';
import { assessmentWorkbook } from '../../../libs/reports/assessment-workbook';
import { readAssessment } from '../../../libs/reports/read-assessment';
import { RegistryService } from '../registry.service';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('assessments')
@Controller('api/assessments')
export class AssessmentsController {
  constructor(
    private readonly source: DataSource,
    private readonly registry: RegistryService,
  ) {}

  @Get(':form/:year.xlsx')
  @ApiOperation({ summary: 'The year-end self-assessment as a workbook' })
  @ApiProduces(XLSX)
  async workbook(
    @Param('form') formCode: string,
    @Param('year') year: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { registryId, nameZh, demonstration } = await this.registry.named();
    const form = await readAssessment(this.source, registryId, formCode, year);
    const head = { unitName: nameZh, year, demonstration, printedAt: new Date() };
    const name = `${demonstration ? '演示数据-' : ''}${year}年度${form.form.title.zh}.xlsx`;
    void reply
      .type(XLSX)
      .header(
        'content-disposition',
        `attachment; filename="${formCode}-${year}.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`,
      );
    return new StreamableFile(await assessmentWorkbook(form, head));
  }

  @Get(':form/:year')
  @ApiOperation({ summary: 'The year-end self-assessment, filled from the indicators as they stand now' })
  async read(@Param('form') formCode: string, @Param('year') year: string): Promise<FilledForm> {
    return readAssessment(this.source, await this.registry.id(), formCode, year);
  }
}
