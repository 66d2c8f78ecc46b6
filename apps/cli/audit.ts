import type { DataSource } from 'typeorm';
import type { Principal } from '../../libs/accounts/principal';
import { searchAudit } from '../../libs/accounts/search-audit';
import type { RecordedAct } from '../../libs/accounts/search-audit.queries';
import { requireFormat } from './format';
import { asCsv, asTable } from './table';

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
 * Who did what, the latest last as on a terminal.
 *
 * @throws {DomainError} when a day is none
 */
export async function printAudit(source: DataSource, owner: Principal, options: AuditOptions): Promise<string> {
  const { format, ...search } = options;
  requireFormat(format, ['table', 'json', 'csv']);
  const acts = (await searchAudit(source, owner, search, { limit: SHOWN })).acts.reverse();
  if (format === 'json') return `${JSON.stringify(acts, null, 2)}\n`;
  const rows = acts.map(({ seq, at, actor, act, thing, org, address, result, detail }) => ({
    seq,
    at: at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }),
    actor,
    act,
    thing,
    org,
    address,
    result: RESULTS[result],
    detail: detail && JSON.stringify(detail),
  }));
  if (format === 'csv') return asCsv(rows);
  return asTable(
    ['序号', '时间', '操作人', '操作', '对象', '机构', '来源地址', '结果', '详情'],
    rows.map((row) => Object.values(row).map((cell) => cell ?? '')),
  );
}
