import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DataSource } from 'typeorm';
import { actOf } from '../../libs/accounts/act-of';
import { recordAct } from '../../libs/accounts/audit';
import type { Principal } from '../../libs/accounts/principal';
import { DomainError } from '../../libs/core/domain-error';
import { listAsCsv } from '../../libs/reports/list-csv';
import { openListFile, type ListFile } from '../../libs/reports/list-file';
import { listAsWorkbook } from '../../libs/reports/list-workbook';
import { requireFormat } from './format';

export interface ListOptions {
  readonly key: string;
  readonly period?: string;
  readonly org?: string;
  readonly own?: boolean;
  readonly part?: 'numerator' | 'denominator';
  readonly asOf?: string;
  readonly format: string;
  readonly file?: string;
}

/**
 * Writes the list behind a figure, whole, to a file or to the standard output.
 *
 * @throws {DomainError} when the question cannot be read, or a workbook has no file to go to
 */
export async function writeList(source: DataSource, owner: Principal, options: ListOptions): Promise<void> {
  const { format: asked, file, key, period, org, own, part, asOf } = options;
  const format = asked === 'table' ? 'csv' : asked;
  requireFormat(format, ['csv', 'json', 'xlsx']);
  if (period === undefined) {
    throw new DomainError('period_missing', { zh: '请用 --period 写明期间。', en: 'Say the period by --period.' });
  }
  if (format === 'xlsx' && file === undefined) {
    throw new DomainError('file_missing', { zh: '请用 --file 写明存到哪里。', en: 'Say where to by --file.' });
  }
  const list = await openListFile(source, { registryId: owner.registryId, key, period, org, own, part, asOf });
  const detail = { key, period, org, own, part, asOf, format };
  await recordAct(source.manager, actOf(owner, 'export', 'values/entries', detail));
  const body =
    format === 'xlsx' ? await listAsWorkbook(list) : Readable.from(format === 'csv' ? listAsCsv(list) : asJson(list));
  if (file === undefined) await pipeline(body, process.stdout, { end: false });
  else await pipeline(body, createWriteStream(file));
}

async function* asJson({ head, columns, pages, last }: ListFile): AsyncGenerator<string, void, undefined> {
  yield `{"head":${JSON.stringify(Object.fromEntries(head))},"columns":${JSON.stringify(columns)},"rows":[`;
  let comma = '';
  for await (const rows of pages) {
    yield comma + rows.map((cells) => JSON.stringify(cells.map(textOf))).join(',\n');
    comma = ',\n';
  }
  yield `],"last":${JSON.stringify(last.map(textOf))}}\n`;
}

function textOf(cell: ListFile['last'][number]): string {
  return typeof cell === 'string' ? cell : cell.decimal;
}
