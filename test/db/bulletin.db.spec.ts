import ExcelJS from 'exceljs';
import PizZip from 'pizzip';
import { SaxesParser } from 'saxes';
import { machineOwner } from '../../libs/accounts/machine-owner';
import { addOrg, changeOrg } from '../../libs/accounts/orgs';
import { closeAndRecompute, rebuild, recompute } from '../../libs/indicators/recompute';
import { chooseSetting } from '../../libs/ledger/settings';
import { readBulletin, type Bulletin } from '../../libs/reports/bulletin';
import { bulletinDocument } from '../../libs/reports/bulletin-document';
import { bulletinWorkbook } from '../../libs/reports/bulletin-workbook';
import { readTarget } from '../../libs/targets/target-input';
import { setTargets, withdrawTarget } from '../../libs/targets/targets';
import { principalOf } from '../support/principals';
import { makeAccount } from '../support/signed-in';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  const tally = (occurredOn: string, quantity: string, org = 'A') => entry({ org, occurredOn, quantity });
  await append(
    source,
    ...opening('A'),
    ...opening('B'),
    tally('2023-01-10', '1200'),
    tally('2023-02-10', '100'),
    tally('2024-01-10', '1250'),
    tally('2024-02-29', '150'),
    tally('2024-02-10', '0', 'B'),
    ...caseEntries('2024-02-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]),
    ...[1, 2].flatMap(() => caseEntries('2024-02-01', [['ScreenRequested'], ['ScreenAnswered', 'refused']])),
  );
  await recompute(source, REGISTRY);
  await setTarget('≥8000人');
  for (let month = 1; month <= 12; month += 1) {
    await closeAndRecompute(source, REGISTRY, `2023-${String(month).padStart(2, '0')}`, 'tester');
  }
  await closeAndRecompute(source, REGISTRY, '2024-01', 'tester');
  // Late, so it is an adjustment of February.
  await append(source, entry({ occurredOn: '2024-01-31', quantity: '7', justification: '漏报补录' }));
  await recompute(source, REGISTRY);
}, 60_000);

afterAll(() => database?.drop());

async function setTarget(target: string, reason: string | null = null): Promise<void> {
  const officer = await principalOf(database.source, await makeAccount(database.source, 'officer'));
  const input = readTarget(officer, { org: 'P', period: '2024', key: 'registry.recruited', target });
  await setTargets(database.source, officer, [input], reason);
}

function read(demonstration = true): Promise<Bulletin> {
  return readBulletin(database.source, { registryId: REGISTRY, demonstration, org: 'P', month: '2024-02' });
}

/** The texts of a Word document, each paragraph apart; it throws where the XML is not sound. */
function paragraphsOf(docx: Buffer): string[] {
  const paragraphs: string[] = [];
  let within = false;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    if (name === 'w:p') paragraphs.push('');
    within = name === 'w:t';
  });
  parser.on('closetag', () => (within = false));
  parser.on('text', (text) => {
    if (within) paragraphs.push((paragraphs.pop() ?? '') + text);
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(new PizZip(docx).file('word/document.xml')?.asText() ?? '').close();
  return paragraphs;
}

async function rowsOf(xlsx: Buffer): Promise<unknown[][]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(xlsx as unknown as ArrayBuffer);
  const rows: unknown[][] = [];
  workbook.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
  return rows;
}

describe('the monthly bulletin', () => {
  const recruited = ['招募人数', '人', '157', '100', '+57.0%', '1407', '1300', '≥8000', '17.59% 快于序时进度'];

  it('says of an open month that it may still change, and prints what is missing as a dash', async () => {
    const bulletin = await read();
    expect(bulletin.seal).toMatch(/^未结账，数字截至 \d{4}-/);
    const docx = paragraphsOf(await bulletinDocument(bulletin));
    expect(docx.slice(0, 3)).toEqual([
      '2024年2月工作月报',
      ['测试省', bulletin.seal].join('　'),
      '演示数据，不是真实业务',
    ]);
    const at = docx.indexOf('招募人数');
    // 1407 of 8000 after 60 of 366 days.
    expect(docx.slice(at, at + 9)).toEqual(recruited);
    const donated = docx.indexOf('捐献例数');
    expect(docx.slice(donated, donated + 9)).toEqual(['捐献例数', '例', '—', '—', '—', '—', '—', '—', '—']);
    const screen = docx.indexOf('初筛', docx.indexOf('二、本月各环节'));
    expect(docx.slice(screen, screen + 4)).toEqual(['初筛', '3', '1', '33.33%（1/3）']);
    const city = docx.indexOf('乙市');
    expect(docx.slice(city, city + 3)).toEqual(['乙市', '0', '—']);
    expect(docx).toContain('本月入账的调整共 1 条：甲市 2024-01-31 招募登记 7（漏报补录）。');
    expect(docx.some((text) => text.startsWith('尚未报送：') && text.includes('甲市'))).toBe(true);
    expect(docx.join('')).not.toMatch(/[{}]|undefined|null/);
    expect(paragraphsOf(await bulletinDocument(await read(false))).join('')).not.toContain('演示');
  });

  it('says the same as a workbook, where numbers are numbers', async () => {
    const rows = await rowsOf(await bulletinWorkbook(await read()));
    expect(rows.find(([label]) => label === '招募人数')).toEqual([
      '招募人数',
      '人',
      157,
      100,
      '+57.0%',
      1407,
      1300,
      '≥8000',
      '17.59% 快于序时进度',
    ]);
    expect(rows.find(([label]) => label === '合计')?.[2]).toBe(157);
  });

  it('of a closed month carries its seal, and is the same bytes whatever comes later', async () => {
    await closeAndRecompute(database.source, REGISTRY, '2024-02', 'tester');
    const sealed = await read();
    expect(sealed.seal).toMatch(/^已结账（第 1 次），.*封存值 [0-9a-f]{64}$/);
    const files = [await bulletinDocument(sealed), await bulletinWorkbook(sealed)];
    await append(database.source, entry({ occurredOn: '2024-02-10', quantity: '900', justification: '漏报' }));
    await setTarget('≥9000人', '追加');
    await recompute(database.source, REGISTRY);

    const again = await read();
    expect(again).toEqual(sealed);
    expect((await bulletinDocument(again)).equals(files[0]!)).toBe(true);
    expect((await bulletinWorkbook(again)).equals(files[1]!)).toBe(true);
  });

  it('of a closed month knows nothing of a new setting, a restart, a withdrawn target, new orgs and new names', async () => {
    const sealed = await read();
    const file = await bulletinDocument(sealed);
    const officer = await principalOf(database.source, await makeAccount(database.source, 'officer'));
    const owner = await machineOwner(database.source.manager, REGISTRY);
    await withdrawTarget(database.source, officer, { org: 'P', period: '2024', key: 'registry.recruited' }, '不考核');
    await database.source.transaction((manager) =>
      chooseSetting(manager, owner, { key: 'stock', choice: 'gross', since: '2024-03', reason: '省里统一口径' }),
    );
    await rebuild(database.source, REGISTRY);
    expect((await bulletinDocument(await read())).equals(file)).toBe(true);

    await database.source.transaction(async (manager) => {
      await changeOrg(manager, owner, 'B', { nameZh: '新乙市' });
      // So many that two cities are no half of them: the months up to the seal stay reported.
      for (const code of ['C1', 'C2', 'C3']) {
        await addOrg(manager, owner, { code, parent: 'P', level: 'city', nameZh: code });
      }
    });
    expect(await read()).toEqual(sealed);
    expect((await bulletinDocument(await read())).equals(file)).toBe(true);
    const open = await readBulletin(database.source, {
      registryId: REGISTRY,
      demonstration: true,
      org: 'P',
      month: '2024-03',
    });
    expect(open.cities.map(({ name }) => name)).toEqual(['甲市', '新乙市', 'C1', 'C2', 'C3', '本级', '合计']);
  });

  it('of a city tells of that city alone', async () => {
    const of = { registryId: REGISTRY, demonstration: false, month: '2024-02' };
    const { missing, cities } = await readBulletin(database.source, { ...of, org: 'A' });
    expect(missing).toBe('结账时未报送：甲市。');
    expect(cities.map(({ name }) => name)).toEqual(['甲一县', '本级', '合计']);
  });

  it('is of a month of the ledger only', async () => {
    const of = { registryId: REGISTRY, demonstration: false, org: 'P' };
    await expect(readBulletin(database.source, { ...of, month: '2021-02' })).rejects.toThrow();
    await expect(readBulletin(database.source, { ...of, month: '2024' })).rejects.toThrow();
  });
});
