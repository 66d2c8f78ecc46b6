import { Controller, Delete, Get, Param, Put, Req, Res, StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readFile } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { FORMS } from '../../../libs/assessment/forms/shipped-forms';
import { FILE_TYPES } from '../../../libs/reports/assessment-file';
import { TEMPLATE_BYTES_AT_MOST, templateTooLarge } from '../../../libs/reports/report-template';
import { readReportTemplate, setReportTemplate, type StandingTemplate } from '../../../libs/reports/report-templates';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { attachment } from '../attachment';
import { withUpload } from '../imports/upload';

type TemplateView = Omit<StandingTemplate, 'docx'>;

const DOCX = FILE_TYPES['report.docx'];
const LIMITS = { bytes: TEMPLATE_BYTES_AT_MOST, fields: [], tooLarge: templateTooLarge } as const;

@ApiTags('assessments')
@Controller('api/report-templates')
export class ReportTemplatesController {
  constructor(private readonly source: DataSource) {}

  @Needs('assessments.read')
  @Get()
  @ApiOperation({ summary: "The forms, and which reports are written from the office's own template" })
  async list(@Asking() { registryId }: Principal): Promise<TemplateView[]> {
    const views: TemplateView[] = [];
    for (const { code } of FORMS) {
      const { form, own } = await readReportTemplate(this.source.manager, registryId, code);
      views.push({ form, own });
    }
    return views;
  }

  @Needs('assessments.read')
  @RouteConfig(EXPORT_LIMIT)
  @Get(':form')
  @ApiOperation({ summary: "The template of a form's report, to be edited in Word" })
  @ApiProduces(DOCX)
  async read(
    @Asking() { registryId }: Principal,
    @Param('form') code: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { form, own, docx } = await readReportTemplate(this.source.manager, registryId, code);
    void reply.type(DOCX).header('content-disposition', attachment(`report-${form}.docx`, own?.name ?? `${form}.docx`));
    return new StreamableFile(docx);
  }

  @Needs('assessments.write')
  @Put(':form')
  @ApiOperation({ summary: "Take the office's own template; names that it uses and that there are not are refused" })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  write(
    @Asking() principal: Principal,
    @Param('form') form: string,
    @Req() request: FastifyRequest,
  ): Promise<TemplateView> {
    return withUpload(
      request,
      async ({ path, fileName: name }) =>
        setReportTemplate(this.source, principal, form, { name, bytes: await readFile(path) }),
      LIMITS,
    );
  }

  @Needs('assessments.write')
  @Delete(':form')
  @ApiOperation({ summary: 'Go back to the template that comes with the program' })
  reset(@Asking() principal: Principal, @Param('form') form: string): Promise<TemplateView> {
    return setReportTemplate(this.source, principal, form, null);
  }
}
