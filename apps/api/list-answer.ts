import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { listAsCsv } from '../../libs/reports/list-csv';
import type { ListFile } from '../../libs/reports/list-file';
import { listAsWorkbook } from '../../libs/reports/list-workbook';
import { attachment } from './attachment';
import { leaving } from './leaving';

export const LIST_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** A list of entries as a file, written while it is sent; given up when whoever asked is gone. */
export async function listAnswer(
  reply: FastifyReply,
  plain: string,
  format: keyof typeof LIST_TYPES,
  opening: Promise<ListFile>,
): Promise<StreamableFile> {
  const gone = leaving(reply);
  const list = await opening;
  const body = format === 'csv' ? Readable.from(listAsCsv(list)) : await listAsWorkbook(list, gone);
  void reply
    .type(LIST_TYPES[format])
    .header('content-disposition', attachment(`${plain}.${format}`, `${list.name}.${format}`));
  return new StreamableFile(body);
}
