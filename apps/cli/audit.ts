import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DataSource } from 'typeorm';
import { actOf } from '../../libs/accounts/act-of';
import { actsAsCsv } from '../../libs/accounts/act-csv';
import { recordAct } from '../../libs/accounts/audit';
import type { Principal } from '../../libs/accounts/principal';
import { everyAct, searchAudit } from '../../libs/accounts/search-audit';
import type { RecordedAct } from '../../libs/accounts/search-audit.queries';
import { requireFormat } from './format';
import { asTable } from './table';

const SHOWN = 200;
const RESULTS: Readonly<Record<RecordedAct['result'], string>> = { done: '完成', refused: '被拒', failed: '出错' };

export interface AuditOptions {
  readonly actor?: string;
  readonly act?: string;
  readonly thing?: string;
  readonly from?: string;
  readonly to?: string;
  readonly format: string;
}

/**
 * Prints who did what: the latest 200, the last one last as on a terminal; as CSV all of it, as the page saves it.
 *
 * @throws {DomainError} when a day is none
 */
export async function printAudit(source: DataSource, owner: Principal, options: AuditOptions): Promise<void> {
  const { format, ...search } = options;
  requireFormat(format, ['table', 'json', 'csv']);
  const { acts, next } = await searchAudit(source, owner, search, { limit: SHOWN });
  if (format === 'csv') {
    await recordAct(source.manager, actOf(owner, 'export', 'audit', search));
    await pipeline(Readable.from(actsAsCsv(everyAct(source, owner, search))), process.stdout, { end: false });
    return;
  }
  acts.reverse();
  process.stdout.write(format === 'json' ? `${JSON.stringify(acts, null, 2)}\n` : tableOf(acts));
  if (next !== null) {
    process.stderr.write(
      `只列出最近的 ${SHOWN} 条；全部请用 --format csv。 Only the latest ${SHOWN}; --format csv has all of them.\n`,
    );
  }
}

function tableOf(acts: readonly RecordedAct[]): string {
  return asTable(
    ['序号', '时间', '操作人', '操作', '对象', '机构', '来源地址', '结果', '详情'],
    acts.map(({ seq, at, actor, act, thing, org, address, result, detail }) => [
      seq,
      at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }),
      ...[actor, act, thing ?? '', org ?? '', address ?? '', RESULTS[result], detail ? JSON.stringify(detail) : ''],
    ]),
  );
}
