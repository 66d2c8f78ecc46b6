import { Body, Controller, HttpCode, Post, Res, type StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { recordAct } from '../../../libs/accounts/audit';
import type { Principal } from '../../../libs/accounts/principal';
import { readShownTable } from '../../../libs/reports/shown-table';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { LIST_TYPES, listAnswer } from '../list-answer';

const LINE = { type: 'array', items: TEXT } as const;
const CELL = { oneOf: [TEXT, bodyOf({ decimal: TEXT }).schema] };
const FIELDS = {
  name: TEXT,
  head: { type: 'array', items: LINE },
  columns: LINE,
  rows: { type: 'array', items: { type: 'array', items: CELL } },
} as const;

@ApiTags('tables')
@Controller('api/tables')
export class TablesController {
  constructor(private readonly source: DataSource) {}

  @Post()
  @HttpCode(200)
  @Needs('figures.read')
  @RouteConfig(EXPORT_LIMIT)
  @ApiOperation({ summary: 'A table as the page shows it, as a workbook that runs no formula; nothing is kept' })
  @ApiBody(bodyOf(FIELDS))
  @ApiProduces(LIST_TYPES.xlsx)
  async save(
    @Asking() { registryId, name: actor, org, address }: Principal,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const table = readShownTable(readFields(body, Object.keys(FIELDS)));
    const detail = { name: table.name, rows: table.length };
    await recordAct(this.source.manager, {
      registryId,
      actor,
      org,
      address,
      act: 'export',
      thing: '/api/tables',
      result: 'done',
      detail,
    });
    return listAnswer(reply, 'table', 'xlsx', Promise.resolve(table));
  }
}
