import ExcelJS from 'exceljs';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKind } from '../../libs/catalogue/kinds';
import { findProgress } from '../../libs/indicators/registry.queries';
import { findOrgs } from '../../libs/indicators/orgs.queries';
import { rebuild, recompute } from '../../libs/indicators/recompute';
import { readEntriesBehind } from '../../libs/indicators/entries-behind';
import { readIndicatorValues, readMetricValues } from '../../libs/indicators/values';
import { verify } from '../../libs/indicators/verify';
import { findEffect } from '../../libs/intake/import-effect';
import { runImport } from '../../libs/intake/import-run';
import { acceptImport, receiveFile } from '../../libs/intake/imports';
import { templateWorkbook } from '../../libs/intake/template-workbook';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { reverseEntries } from '../../libs/ledger/reverse';
import { IMPORTER } from '../support/importing';
import { append, createSmallRegistry, entry, opening, refusalOf, REGISTRY, WRITER } from '../support/small-registry';
import { expectSoundValues } from '../support/sound-values';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database.drop());

function total(metric: string, quantity: string, fields: Partial<EntryInput> = {}): EntryInput {
  const attributes = { year: '2015', metric };
  return entry({ kind: 'OpeningYearTotal', occurredOn: '2023-01-01', quantity, attributes, ...fields });
}

async function figure(key: string, org = 'P', period = '2015') {
  const read = key.startsWith('rate.') ? readIndicatorValues : readMetricValues;
  const [value] = await read(database.source, { registryId: REGISTRY, org, period, keys: [key] });
  return value;
}

describe('a total that was reported of a year before the ledger', () => {
  it('is the value of that year, marked so, and its list is that entry', async () => {
    const { source } = database;
    const asked = total('match.screen_requested', '4877');
    await append(source, asked, total('match.screen_requested', '123', { org: 'B' }));
    await append(source, total('match.screen_agreed', '2500'), ...opening());
    await recompute(source, REGISTRY);

    expect(await figure('match.screen_requested')).toMatchObject({ state: 'value', value: '5000', reported: true });
    expect(await figure('match.screen_requested', 'A')).toMatchObject({ value: '4877', reported: true });
    expect(await figure('rate.screen_agree')).toMatchObject({ value: '50.00', denominator: '5000', reported: true });
    expect(await figure('match.screen_requested', 'P', '2015-03')).toMatchObject({ state: 'missing', reported: false });
    expect(await figure('registry.stock_eop', 'P', '2015')).toMatchObject({ state: 'missing' });
    expect(await figure('registry.stock_eop', 'P', '2023')).toMatchObject({ value: '1000', reported: false });
    const list = await readEntriesBehind(source, {
      registryId: REGISTRY,
      key: 'rate.screen_agree',
      part: 'denominator',
      org: 'A',
      period: '2015',
    });
    expect(list).toMatchObject({ countsSubjects: null, total: { entries: 1, sum: '4877' } });
    expect(list.entries.map(({ id, contribution }) => [id, contribution])).toEqual([[asked.id, '4877']]);
    expect(await findProgress(source.manager, REGISTRY)).toMatchObject({ firstYear: '2015' });
    await expectSoundValues(source, REGISTRY);
  });

  it('of persons is what the org itself reported, and is not added up', async () => {
    const { source } = database;
    await append(source, total('donation.donors_distinct', '11'), total('donation.donors_distinct', '9', { org: 'B' }));
    await recompute(source, REGISTRY);
    expect(await figure('donation.donors_distinct')).toMatchObject({ state: 'missing' });
    await append(source, total('donation.donors_distinct', '19', { org: 'P' }));
    await recompute(source, REGISTRY);
    expect(await figure('donation.donors_distinct')).toMatchObject({ value: '19' });
    const question = { registryId: REGISTRY, key: 'donation.donors_distinct', org: 'P', period: '2015' };
    expect(await readEntriesBehind(source, question)).toMatchObject({
      countsSubjects: null,
      total: { entries: 1, sum: '19' },
    });
    await expectSoundValues(source, REGISTRY);
  });

  it('goes when it is taken back, and another takes its place', async () => {
    const { source } = database;
    const wrong = total('match.screen_requested', '4788');
    await append(source, wrong, total('match.screen_agreed', '2500'));
    await recompute(source, REGISTRY);
    const id = '00000000-0000-4000-8000-000000000001';
    await reverseEntries(source, [{ id, reverses: wrong.id, justification: '抄错' }], WRITER);
    expect(await verify(source, REGISTRY)).toMatchObject({ drift: 0, waiting: expect.any(Number) });
    await recompute(source, REGISTRY);
    expect(await figure('match.screen_requested')).toMatchObject({ state: 'missing', value: null });
    expect(await figure('rate.screen_agree')).toMatchObject({ state: 'missing' });
    await append(source, total('match.screen_requested', '4877'));
    await recompute(source, REGISTRY);
    expect(await figure('match.screen_requested')).toMatchObject({ value: '4877' });
    await expectSoundValues(source, REGISTRY);
  });

  it('is one for each org, year and metric', async () => {
    const { source } = database;
    await append(source, total('match.screen_requested', '1'));
    const twice = { code: 'opening_twice', field: 'kind' };
    expect(await refusalOf(source, total('match.screen_requested', '2'))).toEqual(twice);
    const other = { year: '2016', metric: 'match.screen_requested' };
    await append(source, total('', '2', { attributes: other }), total('match.screen_agreed', '2'));
    const [first, second] = [total('match.hr_requested', '1'), total('match.hr_requested', '1')];
    await expect(append(source, first, second)).rejects.toMatchObject({ code: 'opening_twice' });
  });

  it.each([
    ['of the year in which the ledger begins', { attributes: { year: '2023', metric: 'match.closed' } }, 'year'],
    ['of no year', { attributes: { year: '15', metric: 'match.closed' } }, 'year'],
    ['without a year', { attributes: { metric: 'match.closed' } }, 'year'],
    ['of a stock', { attributes: { year: '2015', metric: 'registry.stock_eop' } }, 'metric'],
    ['of nothing known', { attributes: { year: '2015', metric: 'match.clsd' } }, 'metric'],
  ] as const)('is refused %s', async (_, fields, attribute) => {
    const refusal = await refusalOf(database.source, total('match.closed', '1', fields));
    expect(refusal.field).toBe(`attributes.${attribute}`);
  });

  it('is refused without its number, on another day, and as half a person', async () => {
    const { source } = database;
    const nothing = total('match.closed', '', { quantity: null });
    expect(await refusalOf(source, nothing)).toMatchObject({ code: 'quantity_missing' });
    const later = total('match.closed', '1', { occurredOn: '2023-02-01' });
    expect(await refusalOf(source, later)).toMatchObject({ code: 'opening_not_on_first_day' });
    expect(await refusalOf(source, total('match.closed', '1.5'))).toMatchObject({ code: 'quantity_step' });
    await append(source, total('blood.collected_units', '190.5'), total('match.closed', '0'));
    await recompute(source, REGISTRY);
    expect(await figure('match.closed')).toMatchObject({ state: 'zero', value: '0', reported: true });
  });

  it('is found by a recount when somebody changed it', async () => {
    const { source } = database;
    await append(source, total('match.screen_requested', '4877'));
    await recompute(source, REGISTRY);
    await source.query(`update metric_value set value = 4878 where period = '2015' and org = 'A' and own`);
    expect(await verify(source, REGISTRY)).toMatchObject({
      drift: 1,
      findings: [{ org: 'A', own: true, period: '2015', key: 'match.screen_requested' }],
    });
    await rebuild(source, REGISTRY);
    expect(await verify(source, REGISTRY)).toMatchObject({ drift: 0 });
  });

  it('comes by the workbook like anything else: ten years of four metrics, effect told beforehand', async () => {
    const { source } = database;
    const kind = findKind('OpeningYearTotal');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(
      (await templateWorkbook(kind!, await findOrgs(source.manager, REGISTRY), '2023-01-01')) as unknown as ArrayBuffer,
    );
    const sheet = workbook.worksheets[0]!;
    const head = (sheet.getRow(1).values as string[]).map((name) => String(name ?? '').replace(/[*＊\s]/g, ''));
    let row = 2;
    for (let year = 2013; year <= 2022; year += 1) {
      for (const metric of ['初筛（人次）', '初筛同意', 'match.hr_requested', '捐献成功人数（人）']) {
        const cells: Record<string, unknown> = {
          日期: '2023-01-01',
          机构: '甲市',
          年度: year,
          指标: metric,
          数量: row,
        };
        for (const [name, value] of Object.entries(cells)) {
          expect(head).toContain(name);
          sheet.getRow(row).getCell(head.indexOf(name)).value = value as never;
        }
        row += 1;
      }
    }
    const folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-years-'));
    const path = join(folder, 'years.xlsx');
    await writeFile(path, Buffer.from(await workbook.xlsx.writeBuffer()));
    const file = { path, fileName: 'years.xlsx', org: 'P', kind: null, mode: 'good_rows' } as const;
    const { importId } = await receiveFile(source, IMPORTER, file);
    await rm(folder, { recursive: true });
    const staged = await runImport(source, REGISTRY, importId);
    expect(staged).toMatchObject({ state: 'staged', counts: { new: 40, invalid: 0 } });
    const effect = await findEffect(source, staged);
    expect(effect?.figures?.metrics).toContainEqual(
      expect.objectContaining({ key: 'match.screen_requested', period: '2013', before: null, after: '2' }),
    );
    await acceptImport(source, IMPORTER, importId);
    await runImport(source, REGISTRY, importId);
    await recompute(source, REGISTRY);
    expect(await figure('match.screen_requested', 'P', '2022')).toMatchObject({ value: '38', reported: true });
    await expectSoundValues(source, REGISTRY);
  });
});
