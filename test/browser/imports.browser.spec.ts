import ExcelJS from 'exceljs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START, turnTo } from '../support/browsed-office';
import { HEAD } from '../support/importing';
import { describeWithChromium } from '../support/needs';
import { append, entry, opening, REGISTRY } from '../support/small-registry';

const MISTAKEN = [
  'RecruitmentRegistered,甲市,2024-05-10,12,,,,',
  'RecruitmentRegistered,甲市,2024-05-32,7,,,,',
  'RecruitmentRegistered,丙市,2024-05-12,5,,,,',
  'RecruitmentRegistered,乙市,2024-05-13,许多,,,,',
];

let office: BrowsedOffice;
let folder: string;

/** A file as it lies on somebody's disk. */
async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function give(page: Page, path: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: '选择文件' }).click(),
  ]);
  await chooser.setFiles(path);
}

function count(page: Page, name: string, many: number) {
  return page.getByRole('group', { name: '会发生什么' }).getByRole('button', { name: `${name} ${many}`, exact: true });
}

describeWithChromium('the page of imports', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-walk-'));
    office = await BrowsedOffice.start(async (source) => {
      await append(source, ...opening(), entry({ quantity: '40', occurredOn: '2024-03-08' }));
      await recompute(source, REGISTRY);
    });
  }, TO_START);

  afterAll(async () => {
    await office?.close();
    await rm(folder, { recursive: true, force: true });
  }, A_MINUTE);

  it(
    'takes a file with three mistakes back as a workbook that says them, and the corrected one into the figures',
    async () => {
      const page = await office.open('clerk');
      await turnTo(page, '导入');
      await page.getByRole('heading', { name: '还没有导入过文件' }).waitFor();
      await give(page, await fileOf('五月招募.csv', [HEAD, ...MISTAKEN].join('\n')));

      await count(page, '有错误', 3).waitFor();
      const wrong = page.getByRole('table', { name: '有错误' });
      await wrong.getByRole('row', { name: /第 3 行.*C 列：/ }).waitFor();
      await wrong.getByRole('row', { name: /第 4 行.*B 列：.*丙市/ }).waitFor();
      await wrong.getByRole('row', { name: /第 5 行.*D 列：/ }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: '下载标出问题的工作簿' }).click(),
      ]);
      const marked = join(folder, download.suggestedFilename());
      await download.saveAs(marked);
      await page.getByRole('button', { name: '取消导入' }).click();
      await page.getByRole('button', { name: '确定取消' }).click();
      await page.getByText('导入已取消，写入了 0 条。').waitFor();

      await give(await begunAnew(page), await corrected(marked));
      await count(page, '新增', 4).waitFor();
      await count(page, '有错误', 0).waitFor();
      const effect = page.getByRole('table', { name: '数字' });
      await effect.getByRole('row', { name: /招募人数.* 2024 年 40 人 67 人\s?\+27/ }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: '写入台账（4 处）' }).click();
      await page.getByText('已写入 4 条登记，数字随后更新。').waitFor();

      await page.getByRole('button', { name: '在台账中查看这些登记' }).click();
      await page.getByText('共 4 条').waitFor();
      await turnTo(page, '总览');
      await page
        .getByRole('button', { name: /^招募人数：67\b/ })
        .first()
        .waitFor();

      await turnTo(page, '导入');
      const history = page.getByRole('table', { name: '导入记录' });
      await history.getByRole('row', { name: /五月招募-问题\.xlsx.*已导入.*新增 4/ }).waitFor();
      await history.getByRole('row', { name: /五月招募\.csv.*已取消/ }).waitFor();
      await page.context().close();
    },
    2 * A_MINUTE,
  );

  it(
    'shows an amended file as its differences, and writes them only with a reason',
    async () => {
      const page = await office.open('clerk', '/?tab=import', { name: 'amender' });
      const lines = (first: number) => [
        HEAD,
        `RecruitmentRegistered,甲市,2024-06-10,${first},,,,`,
        'RecruitmentRegistered,乙市,2024-06-11,20,,,,',
      ];
      await give(page, await fileOf('六月.csv', lines(10).join('\n')));
      await page.getByRole('button', { name: '写入台账（2 处）' }).click();
      await page.getByText('已写入 2 条登记').waitFor();

      await give(await begunAnew(page), await fileOf('六月.csv', lines(11).join('\n')));
      await count(page, '更正', 1).waitFor();
      await count(page, '不变', 1).waitFor();
      await page.getByRole('table', { name: '更正' }).getByText('数量：10 人 → 11 人').waitFor();
      const accept = page.getByRole('button', { name: '写入台账（1 处）' });
      await accept.click();
      await page.getByText('更正或冲销登记须写明原因').waitFor();
      await page.getByLabel('原因').fill('按更正后的月报');
      await accept.click();
      await page.getByText('已写入 2 条登记').waitFor();
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'asks what a column holds that it does not know, and remembers it',
    async () => {
      const page = await office.open('clerk', '/?tab=import', { name: 'mapper' });
      const head = '种类,机构,日期,合格量,颜色';
      await give(page, await fileOf('七月.csv', `${head}\nRecruitmentRegistered,甲市,2024-07-10,3,红`));
      await page.getByRole('heading', { name: '有几列需要您对一下' }).waitFor();
      await page.getByRole('combobox', { name: '对应 合格量' }).click();
      await page.keyboard.type('数量');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: '按此读取' }).click();
      await page.getByRole('button', { name: '写入台账（1 处）' }).click();
      await page.getByText('已写入 1 条登记').waitFor();

      await give(
        await begunAnew(page),
        await fileOf('八月.csv', `${head}\nRecruitmentRegistered,甲市,2024-08-10,4,红`),
      );
      await count(page, '新增', 1).waitFor();
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'fits a telephone, is told in English, and is not there for who may not import',
    async () => {
      const page = await office.open('clerk', '/?tab=import', { name: 'narrow', width: 390 });
      await page.getByRole('table', { name: '导入记录' }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await page.getByRole('link', { name: '六月.csv' }).first().click();
      await page.getByRole('heading', { name: '六月.csv' }).waitFor();
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'What happened' }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await page.context().close();

      const asked: string[] = [];
      const auditor = await office.open('auditor');
      auditor.on('request', (request) => asked.push(request.url()));
      await auditor.goto(`${office.address}/?tab=import`);
      await auditor.getByRole('heading', { name: '谁在等' }).waitFor();
      expect(await auditor.getByRole('link', { name: '导入', exact: true }).count()).toBe(0);
      expect(asked.filter((url) => url.includes('/api/imports'))).toEqual([]);
      await auditor.context().close();
    },
    A_MINUTE,
  );
});

async function begunAnew(page: Page): Promise<Page> {
  await page.getByRole('button', { name: '再导入一份' }).click();
  return page;
}

/** The workbook that was given back, its three bad cells put right. */
async function corrected(path: string): Promise<string> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  const sheet = workbook.worksheets[0]!;
  sheet.getCell('C3').value = '2024-05-11';
  sheet.getCell('B4').value = '甲市';
  sheet.getCell('D5').value = '3';
  await workbook.xlsx.writeFile(path);
  return path;
}
