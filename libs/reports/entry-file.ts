import type { DataSource } from 'typeorm';
import { findKind } from '../catalogue/kinds';
import { REASONS } from '../catalogue/reasons';
import { findOrgs } from '../indicators/orgs.queries';
import { findRegistries } from '../indicators/registry.queries';
import type { EntryView } from '../ledger/entry-view';
import { searchEntries } from '../ledger/find-entries';
import type { EntrySearch } from '../ledger/find-entries.queries';
import type { ListCell, ListFile } from './list-file';
import { timeInShanghai } from './shanghai-time';

const ROWS_AT_ONCE = 5_000;
const COLUMNS = [
  ...['发生日期', '记账月份', '种类', '机构', '捐献者编号', '请求编号', '血样编号', '结果', '原因', '数量', '理由'],
  ...['冲销了', '被冲销于', '登记时间', '登记人', '来源', '备注', '登记编号'],
];
const SOURCES: Readonly<Record<string, string>> = { form: '表单', import: '导入', api: '接口', sql: '数据库' };
const ASKED: readonly (readonly [keyof EntrySearch, string])[] = [
  ['kind', '种类'],
  ['outcome', '结果'],
  ['reason', '原因'],
  ['from', '发生日期起'],
  ['to', '发生日期止'],
  ['postedMonth', '记账月份'],
  ['code', '编号'],
  ['donorCode', '捐献者编号'],
  ['caseCode', '请求编号'],
  ['sampleCode', '血样编号'],
  ['note', '备注含有'],
  ['recordedBy', '登记人'],
  ['source', '来源'],
  ['importId', '导入编号'],
];

/**
 * The entries that are looked for, as a file of rows that says what was asked. It is read while it is written: what is
 * logged meanwhile may stand in it.
 */
export async function openEntryFile(
  source: DataSource,
  scope: { readonly registryId: number; readonly org: string },
  asked: EntrySearch,
): Promise<ListFile> {
  const { manager } = source;
  const first = await searchEntries(source, scope, asked, { limit: 1, count: true });
  const names = new Map((await findOrgs(manager, scope.registryId)).map((one) => [one.org, one.nameZh]));
  const registry = (await findRegistries(manager)).find((one) => one.registryId === scope.registryId);
  const length = first.total ?? 0;
  return {
    name: `台账-${names.get(scope.org) ?? scope.org}`,
    head: [
      ...(registry?.demonstration ? [['说明', '演示数据'] as const] : []),
      ['机构', `${names.get(scope.org) ?? scope.org} ${scope.org}`],
      ...ASKED.flatMap(([field, name]) => {
        const value = asked[field];
        if (value === undefined) return [];
        const said = String(value);
        return [[name, field === 'kind' ? (findKind(said)?.label.zh ?? said) : (SOURCES[said] ?? said)] as const];
      }),
      ...(asked.standing ? [['范围', '只含有效记录（未冲销，且不是冲销）'] as const] : []),
      ['导出时间', timeInShanghai(new Date())],
    ],
    columns: COLUMNS,
    length,
    pages: pagesOf(source, scope, asked, names),
    last: [`共 ${length} 条`],
  };
}

async function* pagesOf(
  source: DataSource,
  scope: { readonly registryId: number; readonly org: string },
  asked: EntrySearch,
  names: ReadonlyMap<string, string>,
): AsyncGenerator<ListCell[][], void, undefined> {
  let after: string | undefined;
  do {
    const { entries, next } = await searchEntries(source, scope, asked, { after, limit: ROWS_AT_ONCE });
    if (entries.length > 0) yield entries.map((entry) => rowOf(entry, names));
    after = next ?? undefined;
  } while (after !== undefined);
}

function rowOf(entry: EntryView, names: ReadonlyMap<string, string>): ListCell[] {
  const kind = findKind(entry.kind);
  return [
    entry.occurredOn,
    entry.postedMonth,
    kind?.label.zh ?? entry.kind,
    names.get(entry.org) ?? entry.org,
    entry.donorCode ?? '',
    entry.caseCode ?? '',
    entry.sampleCode ?? '',
    kind?.outcomes?.find(({ code }) => code === entry.outcome)?.label.zh ?? entry.outcome ?? '',
    REASONS.find(({ code }) => code === entry.reason)?.label.zh ?? entry.reason ?? '',
    { decimal: entry.quantity },
    entry.justification ?? '',
    entry.reverses ?? '',
    entry.reversedBy ?? '',
    timeInShanghai(entry.recordedAt),
    entry.recordedBy,
    SOURCES[entry.source] ?? entry.source,
    entry.note ?? '',
    entry.id,
  ];
}
