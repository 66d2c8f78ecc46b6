import type { DataSource } from 'typeorm';
import { actOf } from '../../libs/accounts/act-of';
import { recordAct } from '../../libs/accounts/audit';
import type { Principal } from '../../libs/accounts/principal';
import { findOrgs } from '../../libs/indicators/orgs.queries';
import { readWorklist, readWorklists } from '../../libs/ledger/worklists';
import type { Waiting } from '../../libs/ledger/worklists.queries';
import { DomainError } from '../../libs/core/domain-error';
import { requireFormat } from './format';
import { asCsv, asTable } from './table';

export interface WaitingOptions {
  readonly org?: string;
  readonly overdue?: boolean;
  readonly format: string;
}

/** Who waits for what: all lists counted by org, or one list, the longest due first. */
export async function printWaiting(
  source: DataSource,
  owner: Principal,
  key: string | undefined,
  options: WaitingOptions,
): Promise<string> {
  requireFormat(options.format, ['table', 'json', 'csv']);
  const { registryId } = owner;
  const orgs = await findOrgs(source.manager, registryId);
  const org = options.org ?? orgs.find(({ parent }) => parent === null)?.org ?? '';
  if (!orgs.some((one) => one.org === org)) {
    throw new DomainError(
      'org_unknown',
      { zh: `没有机构“${org}”。`, en: `There is no org "${org}".` },
      { field: 'org' },
    );
  }
  const names = new Map(orgs.map((one) => [one.org, one.nameZh]));
  const nameOf = (code: string) => names.get(code) ?? code;
  const rows =
    key === undefined
      ? await countRows(source, { registryId, org }, nameOf)
      : (await everybody(source, { registryId, org, key, overdueOnly: options.overdue })).map((one) =>
          waitingRow(one, nameOf),
        );
  // It shows codes of donors.
  if (key !== undefined)
    await recordAct(source.manager, actOf(owner, 'worklist.read', key, { org, rows: rows.length }));
  if (options.format === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  if (options.format === 'csv') return asCsv(rows);
  const [first] = rows;
  if (!first) return '没有等待的人。 Nobody waits.\n';
  return asTable(
    Object.keys(first).map((column) => HEAD[column] ?? column),
    rows.map((row) =>
      Object.values(row).map((value) => (value === true ? '是' : value === false ? '' : String(value))),
    ),
  );
}

const HEAD: Readonly<Record<string, string>> = {
  list: '清单 list',
  label: '名称',
  org: '机构 org',
  name: '机构名称',
  waiting: '等待',
  overdue: '逾期',
  held: '暂缓',
  longestDays: '最长（天）',
  caseCode: '请求编号',
  donorCode: '捐献者编号',
  since: '起',
  waitingDays: '已等（天）',
  dueOn: '应于',
};

type Row = Readonly<Record<string, string | number | boolean>>;

async function countRows(
  source: DataSource,
  question: { registryId: number; org: string },
  nameOf: (code: string) => string,
): Promise<Row[]> {
  const { lists, counts } = await readWorklists(source, question);
  return lists.flatMap((list) =>
    counts
      .filter(({ key }) => key === list.key)
      .map(({ key, org, ...numbers }) => ({ list: key, label: list.label.zh, org, name: nameOf(org), ...numbers })),
  );
}

function waitingRow(
  { caseCode, donorCode, org, since, waitingDays, dueOn, overdue, held }: Waiting,
  nameOf: (code: string) => string,
): Row {
  const who = { caseCode: caseCode ?? '', donorCode: donorCode ?? '' };
  return { dueOn, waitingDays, overdue, held, since, ...who, org, name: nameOf(org) };
}

async function everybody(
  source: DataSource,
  question: { registryId: number; org: string; key: string; overdueOnly?: boolean },
): Promise<Waiting[]> {
  const all: Waiting[] = [];
  let after: string | undefined;
  do {
    const page = await readWorklist(source, { ...question, after, limit: 1_000 });
    all.push(...page.waiting);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return all;
}
