import type { DataSource } from 'typeorm';
import { recordAct } from '../../libs/accounts/audit';
import { actOf } from '../../libs/accounts/act-of';
import type { Principal } from '../../libs/accounts/principal';
import { findKind, requireKind } from '../../libs/catalogue/kinds';
import { DomainError } from '../../libs/core/domain-error';
import { isCalendarDate } from '../../libs/core/period';
import { searchEntries } from '../../libs/ledger/find-entries';
import type { EntryView } from '../../libs/ledger/entry-view';
import { requireFormat } from './format';
import { asCsv, asTable } from './table';

const SHOWN = 100;
const ONLY_THE_LATEST = `只列出最近的 ${SHOWN} 条，请写明日期或编号。 Only the latest ${SHOWN}; say which days or codes.\n`;

export interface EntriesOptions {
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
  readonly donor?: string;
  readonly case?: string;
  readonly sample?: string;
  readonly standing?: boolean;
  readonly format: string;
}

/**
 * The latest entries that are looked for, with the ids by which they are taken back.
 *
 * @throws {DomainError} when a kind or a day is none
 */
export async function printEntries(source: DataSource, owner: Principal, options: EntriesOptions): Promise<string> {
  requireFormat(options.format, ['table', 'json', 'csv']);
  const { kind, from, to, standing, donor: donorCode, case: caseCode, sample: sampleCode } = options;
  if (kind !== undefined) requireKind(kind);
  for (const [name, day] of Object.entries({ from, to })) requireDay(name, day);
  const asked = { kind, from, to, standing, donorCode, caseCode, sampleCode };
  const { entries, next } = await searchEntries(source, owner, asked, { limit: SHOWN });
  await recordAct(source.manager, actOf(owner, 'entries.list', null, { ...asked, rows: entries.length }));
  if (next !== null) process.stderr.write(ONLY_THE_LATEST);
  if (options.format === 'json') return `${JSON.stringify(entries, null, 2)}\n`;
  if (options.format === 'csv') return asCsv(entries.map(flat));
  if (entries.length === 0) return '没有这样的登记。 There is no such entry.\n';
  return asTable(
    ['日期', '种类', '机构', '数量', '捐献者编号', '请求编号', '结果', '状态', '编号 id'],
    entries.map((one) => [
      one.occurredOn,
      findKind(one.kind)?.label.zh ?? one.kind,
      one.org,
      one.quantity,
      one.donorCode ?? one.sampleCode ?? '',
      one.caseCode ?? '',
      findKind(one.kind)?.outcomes?.find(({ code }) => code === one.outcome)?.label.zh ?? one.outcome ?? '',
      one.reverses ? '冲销' : one.reversedBy ? '已冲销' : '',
      one.id,
    ]),
  );
}

function flat({ attributes, ...one }: EntryView): Record<string, unknown> {
  return { ...one, recordedAt: one.recordedAt.toISOString(), attributes: attributes && JSON.stringify(attributes) };
}

function requireDay(name: string, day: string | undefined): void {
  if (day === undefined || isCalendarDate(day)) return;
  throw new DomainError('date_not_readable', {
    zh: `--${name} 应是日历上的一天，如 2024-05-31。`,
    en: `--${name} takes a day of the calendar, like 2024-05-31.`,
  });
}
