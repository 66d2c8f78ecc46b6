import type { DataSource, EntityManager } from 'typeorm';
import { nameOfVersion } from '../catalogue/effective';
import { findKind } from '../catalogue/kinds';
import { REASONS } from '../catalogue/reasons';
import { findMoment, resolveAsOf } from '../indicators/as-of';
import type { LedgerMoment } from '../indicators/as-of.queries';
import { openList, type FigureList, type ListQuestion } from '../indicators/entries-behind';
import {
  findEntriesBehind,
  totalOfEntriesBehind,
  type BehindEntry,
  type ListPlace,
  type ListScope,
  type ListTotal,
} from '../indicators/entries-behind.queries';
import { findOrgs } from '../indicators/orgs.queries';
import { findRegistries } from '../indicators/registry.queries';
import { findIndicator } from '../indicators/values';
import { STATE_WORDS } from '../indicators/value-states';
import { findSealAt, findStandingSeal } from '../ledger/seals';
import { timeInShanghai } from './shanghai-time';

/** What a cell of an export shows: a text, or a decimal that can be added up. */
export type ListCell = string | { readonly decimal: string };

/** The list behind a figure as a file of rows. */
export interface ListFile {
  /** Of the file, without its ending. */
  readonly name: string;
  /** Of its sheet in a workbook, where it is no list of entries. */
  readonly sheet?: string;
  /** What the list is of, a line each: what is said, and how it is called. */
  readonly head: readonly (readonly [name: string, said: string])[];
  readonly columns: readonly string[];
  /** How many rows there are. */
  readonly length: number;
  /** The entries, some thousands of rows at a time. */
  readonly pages: AsyncIterable<readonly (readonly ListCell[])[]>;
  /** The last line: what the entries come to, which is the figure; nothing of a table. */
  readonly last: readonly ListCell[];
}

const ROWS_AT_ONCE = 5_000;
const COLUMNS = [
  ...['发生日期', '记账月份', '种类', '机构', '捐献者编号', '请求编号', '血样编号', '结果', '原因', '数量', '计入'],
  ...['理由', '冲销了', '被冲销于', '登记时间', '登记人', '来源', '备注', '登记编号'],
];
const CONTRIBUTION = COLUMNS.indexOf('计入');
const PARTS = { numerator: '分子', denominator: '分母' } as const;
const SUBJECTS = { donor: '不重复的捐献者', case: '不重复的请求' } as const;
const SOURCES: Readonly<Record<string, string>> = { form: '表单', import: '导入', api: '接口', sql: '数据库' };

/**
 * The whole list behind a figure, to be written to a file. What it is of is read at once and in one moment; the entries
 * are read while they are written, of the ledger as it was at that moment, whatever is written meanwhile. A period that
 * is sealed is told as of its seal, unless another moment is asked for. The same question about a past moment or a
 * sealed period gives the same file at any time.
 *
 * @throws {DomainError} when the key, the period, the org or the moment cannot be read, or a rate's part is not said
 */
export async function openListFile(
  source: DataSource,
  { asOf: moment, ...asked }: Omit<ListQuestion, 'position' | 'after' | 'limit'> & { readonly asOf?: string },
): Promise<ListFile> {
  return source.transaction('REPEATABLE READ', async (manager) => {
    const { registryId, period } = asked;
    const seal = moment === undefined ? await findStandingSeal(manager, registryId, period) : undefined;
    const of = moment ?? (seal && `seal:${period}`);
    const past = of === undefined ? undefined : await resolveAsOf(manager, registryId, of);
    const list = await openList(manager, { ...asked, position: past?.position });
    const { scope, figure } = list;
    const total = await totalOfEntriesBehind(manager, scope);
    const asOf = past ?? (await findMoment(manager, registryId, scope.position));
    const names = new Map((await findOrgs(manager, registryId, past?.position)).map((one) => [one.org, one.nameZh]));
    const title = `${definitionOf(list, asked).label.zh}${asked.part ? `（${PARTS[asked.part]}）` : ''}`;
    return {
      name: `${title}-${names.get(figure.org) ?? figure.org}${figure.own ? '本级' : ''}-${figure.period}`,
      head: await headOf(manager, { registryId, list, title, names, asOf, isPast: past !== undefined }),
      columns: COLUMNS,
      length: total.entries,
      pages: pagesOf(source, scope, names),
      last: lastOf(scope, total),
    };
  });
}

interface HeadOf {
  readonly registryId: number;
  readonly list: FigureList;
  readonly title: string;
  readonly names: ReadonlyMap<string, string>;
  readonly asOf: LedgerMoment;
  readonly isPast: boolean;
}

async function headOf(
  manager: EntityManager,
  { registryId, list: { figure, scope, comesTo }, title, names, asOf, isPast }: HeadOf,
): Promise<[string, string][]> {
  const registry = (await findRegistries(manager)).find((one) => one.registryId === registryId);
  const { period } = figure;
  const seal = isPast ? await findSealAt(manager, registryId, period, asOf.position) : undefined;
  const value = figure.value === null ? STATE_WORDS[figure.state].zh : `${figure.value} ${figure.unit}`;
  const lines: [string, string][] = [
    ...(registry?.demonstration ? [['说明', '演示数据'] as [string, string]] : []),
    ['指标', `${title} ${figure.key}`],
    ['机构', `${names.get(figure.org) ?? figure.org}${figure.own ? '（本级）' : ''} ${figure.org}`],
    ['期间', period],
    ['数值', value],
    ['名单合计', comesTo],
    ['口径版本', nameOfVersion(figure.version)],
    ['台账位置', asOf.position],
    ['截至时间', asOf.recordedAt ? timeInShanghai(asOf.recordedAt) : ''],
  ];
  // A look back gives the same file whenever it is asked for.
  if (!isPast && figure.computedAt) lines.push(['计算时间', timeInShanghai(new Date(figure.computedAt))]);
  if (asOf.seal && asOf.seal.period !== period) lines.push(['回看到', nameOfSeal(asOf.seal)]);
  if (seal) lines.push(['封存', nameOfSeal(seal)]);
  if (scope.subject) lines.push(['计数', `${SUBJECTS[scope.subject]}，同一编号只计一次`]);
  return lines;
}

function nameOfSeal({ period, number, hash }: NonNullable<LedgerMoment['seal']>): string {
  return `${period} 第 ${number} 号 SHA-256 ${hash}`;
}

function definitionOf({ metric }: FigureList, { key }: { readonly key: string }) {
  return findIndicator(key) ?? metric;
}

async function* pagesOf(
  { manager }: DataSource,
  scope: ListScope,
  names: ReadonlyMap<string, string>,
): AsyncGenerator<ListCell[][], void, undefined> {
  let coming = nextPage(manager, scope, null);
  for (;;) {
    const entries = await coming;
    const last = entries.length < ROWS_AT_ONCE ? undefined : entries.at(-1);
    // Read while this page is written.
    if (last) coming = nextPage(manager, scope, last);
    if (entries.length > 0) yield entries.map((entry) => rowOf(entry, names));
    if (!last) return;
  }
}

function nextPage(manager: EntityManager, scope: ListScope, last: BehindEntry | null): Promise<BehindEntry[]> {
  const after: ListPlace | null = last && {
    month: `${last.postedMonth}-01`,
    org: last.org,
    kind: last.kind,
    day: last.occurredOn,
    id: last.id,
  };
  const page = findEntriesBehind(manager, scope, after, ROWS_AT_ONCE);
  // Told to whoever asks for it; nobody does once the writing was given up.
  page.catch(() => undefined);
  return page;
}

function rowOf(entry: BehindEntry, names: ReadonlyMap<string, string>): ListCell[] {
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
    { decimal: entry.contribution },
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

function lastOf({ subject }: ListScope, { entries, sum }: ListTotal): ListCell[] {
  const name = subject ? SUBJECTS[subject] : '合计';
  return [`${name}（共 ${entries} 条）`, ...Array<ListCell>(CONTRIBUTION - 1).fill(''), { decimal: sum }];
}
