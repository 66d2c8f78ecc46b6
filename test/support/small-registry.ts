import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { appendEntries, type AppendResult } from '../../libs/ledger/append';
import type { EntryInput } from '../../libs/ledger/entry-input';

export const REGISTRY = 1;
export const WRITER = { registryId: REGISTRY, actor: 'tester', source: 'api' } as const;

/** A registry `P` with the cities `A` and `B` and the county `A1` below `A`, whose ledger begins on 2023-01-01. */
export async function createSmallRegistry(source: DataSource, registryId: number = REGISTRY): Promise<void> {
  await source.query(`insert into registry values ($1, '测试省', 'Test Province', '2023-01-01', false)`, [registryId]);
  await source.query(
    `insert into org (registry_id, org, parent, level, name_zh, name_en) values
      ($1, 'P', null, 'registry', '测试省', 'Test Province'), ($1, 'A', 'P', 'city', '甲市', 'City A'),
      ($1, 'B', 'P', 'city', '乙市', 'City B'), ($1, 'A1', 'A', 'county', '甲一县', 'County A1')`,
    [registryId],
  );
  await source.query(`insert into registry_head (registry_id, first_open_month) values ($1, '2023-01-01')`, [
    registryId,
  ]);
  await source.query(`insert into recompute_head (registry_id) values ($1)`, [registryId]);
}

/** An entry with an id of its own; a recruitment tally unless said. */
export function entry(fields: Partial<EntryInput> = {}): EntryInput {
  return { id: randomUUID(), kind: 'RecruitmentRegistered', org: 'A', occurredOn: '2024-05-10', ...fields };
}

/** Appends and expects every row to be taken. */
export async function append(source: DataSource, ...entries: EntryInput[]): Promise<AppendResult> {
  const result = await appendEntries(source, entries, WRITER);
  for (const row of result.results) if (row.status === 'refused') throw row.problem;
  return result;
}

/** The refusal of a single entry. */
export async function refusalOf(source: DataSource, input: unknown): Promise<{ code: string; field?: string }> {
  const [row] = (await appendEntries(source, [input], WRITER)).results;
  if (row?.status !== 'refused') throw new Error('the entry was not refused');
  return { code: row.problem.code, field: row.problem.details.field };
}

let cases = 0;

/** A listed donor's request up to a stage, on consecutive days from the given one. */
export function caseEntries(from: string, kinds: readonly [kind: string, outcome?: string][], org = 'A'): EntryInput[] {
  cases += 1;
  const codes = { donorCode: `D${cases}`, caseCode: `R${cases}` };
  return kinds.map(([kind, outcome], index) => {
    const day = new Date(Date.parse(`${from}T00:00:00Z`) + index * 86_400_000).toISOString().slice(0, 10);
    const reason = outcome === 'refused' ? 'PR' : undefined;
    return entry({ kind, outcome, reason, org, occurredOn: day, ...codes });
  });
}

/** What lets donors be asked who were listed before the ledger began (R6). */
export function opening(org = 'A', quantity = '1000'): EntryInput[] {
  return ['OpeningStock', 'OpeningEnrolled'].map((kind) => entry({ kind, org, quantity, occurredOn: '2023-01-01' }));
}
