import { recompute } from '../../libs/indicators/recompute';
import { findEffect } from '../../libs/intake/import-effect';
import { acceptImport } from '../../libs/intake/imports';
import { runImport } from '../../libs/intake/import-run';
import { IMPORTER, importFile, stageFile } from '../support/importing';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  await append(source, ...opening(), entry({ quantity: '5', occurredOn: '2024-05-10' }));
  await importFile(source, BEFORE);
});

afterAll(() => database?.drop());

const step = (kind: string, day: string, code: number, outcome = '') =>
  `${kind},A,${day},,D${code},R${code},${outcome},`;

const BEFORE = [
  'RecruitmentRegistered,A,2024-05-10,12,,,,',
  ...[1, 2, 3, 4].map((code) => step('ScreenRequested', '2024-05-11', code)),
  ...[1, 2].map((code) => step('ScreenAnswered', '2024-05-12', code, 'agreed')),
];

const AFTER = [
  'RecruitmentRegistered,A,2024-05-10,15,,,,',
  ...[1, 2, 4, 5].map((code) => step('ScreenRequested', '2024-05-11', code)),
  ...[1, 2, 5].map((code) => step('ScreenAnswered', '2024-06-12', code, 'agreed')),
];

async function valuesOf(table: string): Promise<unknown[]> {
  return database.source.query(
    `select key, period, trim_scale(value)::text as value from ${table}
      where org = 'P' and not own and period ~ '^\\d{4}(-\\d\\d)?$' order by key, length(period), period`,
  );
}

describe('the effect of a file', () => {
  it('is computed one at a time of a registry', async () => {
    const { source } = database;
    const staged = await stageFile(source, AFTER);
    const both = await Promise.allSettled([findEffect(source, staged), findEffect(source, staged)]);

    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'effect_busy' } });
    expect(await findEffect(source, staged)).toMatchObject({ counts: staged.counts });
  });

  it('is what its acceptance then does, metric by metric and indicator by indicator, and leaves nothing itself', async () => {
    const { source } = database;
    const staged = await stageFile(source, AFTER);
    expect(staged.counts).toMatchObject({ changed: 3, new: 2, gone: 1, unchanged: 3 });
    const effect = await findEffect(source, staged);
    const before = [await valuesOf('metric_value'), await valuesOf('indicator_value')];
    expect(effect?.figures).toMatchObject({ org: 'P', exact: true });
    expect(effect?.months).toContainEqual({
      month: '2024-05',
      kind: 'RecruitmentRegistered',
      entries: 1,
      reversals: 1,
      quantity: '3',
    });

    await acceptImport(source, IMPORTER, staged.importId, { reason: '按更正后的文件' });
    await runImport(source, REGISTRY, staged.importId);
    await recompute(source, REGISTRY);
    const after = [await valuesOf('metric_value'), await valuesOf('indicator_value')];
    for (const [at, moved] of [effect?.figures?.metrics, effect?.figures?.indicators].entries()) {
      const [was, is] = [before[at] as Value[], after[at] as Value[]];
      const expected = differences(was, is);
      expect(expected.length).toBeGreaterThan(2);
      expect(moved?.map(({ key, period, before: from, after: to }) => ({ key, period, from, to }))).toEqual(expected);
    }
    expect(effect?.figures?.metrics).toContainEqual({
      org: 'P',
      key: 'registry.recruited',
      period: '2024',
      before: '17',
      after: '20',
      difference: '3',
    });
  });
});

interface Value {
  readonly key: string;
  readonly period: string;
  readonly value: string | null;
}

function differences(before: readonly Value[], after: readonly Value[]) {
  const name = ({ key, period }: Value) => `${key} ${period}`;
  const [was, is] = [before, after].map((values) => new Map(values.map((one) => [name(one), one.value])));
  const all = new Map([...before, ...after].map((one) => [name(one), one]));
  return [...all.values()]
    .map(({ key, period }) => {
      const [from, to] = [was, is].map((values) => values?.get(`${key} ${period}`) ?? null);
      return { key, period, from, to };
    })
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => (`${a.key} ${a.period.length} ${a.period}` < `${b.key} ${b.period.length} ${b.period}` ? -1 : 1));
}
