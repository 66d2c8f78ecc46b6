import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiProduces, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { readBulletin } from '../../../libs/reports/bulletin';
import { bulletinDocument } from '../../../libs/reports/bulletin-document';
import { bulletinWorkbook } from '../../../libs/reports/bulletin-workbook';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { attachment } from '../attachment';
import { RegistryService } from '../registry.service';

const FORMATS = {
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: bulletinWorkbook },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    write: bulletinDocument,
  },
} as const;
const FORMAT_NAMES = Object.keys(FORMATS) as (keyof typeof FORMATS)[];

class BulletinQuery {
  @ApiProperty({ enum: FORMAT_NAMES })
  @IsIn(FORMAT_NAMES)
  format: keyof typeof FORMATS;

  @ApiPropertyOptional({ description: "The caller's own unless said" })
  @IsOptional()
  @IsString()
  org?: string;
}

@ApiTags('bulletins')
@Controller('api/bulletins')
export class BulletinsController {
  constructor(
    private readonly source: DataSource,
    private readonly registry: RegistryService,
  ) {}

  @Needs('figures.read')
  @RouteConfig(EXPORT_LIMIT)
  @Get(':month')
  @ApiOperation({ summary: 'The monthly bulletin, one page of A4, as xlsx or docx' })
  @ApiProduces(...FORMAT_NAMES.map((format) => FORMATS[format].type))
  async read(
    @Asking() principal: Principal,
    @Param('month') month: string,
    @Query() { format, org: asked }: BulletinQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { registryId, demonstration } = await this.registry.of(principal);
    const org = orgWithin(principal, asked);
    const bulletin = await readBulletin(this.source, { registryId, demonstration, org, month });
    const { type, write } = FORMATS[format];
    const file = await write(bulletin);
    const name = `${demonstration ? '演示数据-' : ''}${bulletin.unit}${bulletin.title}.${format}`;
    void reply.type(type).header('content-disposition', attachment(`bulletin-${month}.${format}`, name));
    return new StreamableFile(file);
  }
}
