import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { passwordOf, signIn } from './shown-offices.mjs';

// The pictures of the README, from a running demonstration: node scripts/screenshots.mjs [address]
const address = process.argv[2] ?? 'http://127.0.0.1:3000';
const FOLDER = 'docs/screenshots';
const DRAFT =
  '2024年，全省初筛10008人次，同意4877人次，初筛成功率48.74%；安排体检231人次，实际完成181人次，体检成功率78.35%。\n' +
  '全年支出1176.7299999999998万元，其中基本支出883.74万元、项目支出292.99万元。\n' +
  '共举办宣传活动5场：进校园、进社区、进机关、进企业。\n自评得分100分，等级为优秀。';

const PICTURES = [
  { name: 'overview', role: 'reviewer', path: '/?tab=funnel', chart: true },
  { name: 'bridge', role: 'reviewer', path: '/?tab=analysis&show=bridge&stage=exam', chart: true },
  { name: 'assessment', role: 'officer', path: '/?tab=assessment&form=hunan&period=2024' },
  { name: 'check-up', role: 'officer', path: '/?tab=check-up', draft: DRAFT },
];

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const { name, role, path, draft, chart } of PICTURES) {
  const storageState = await signIn(browser, address, passwordOf(role));
  const context = await browser.newContext({ storageState, locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address + path);
  // The tour is offered once.
  await page.getByRole('button', { name: '不用了' }).click();
  if (draft) {
    await page.getByRole('textbox').first().fill(draft);
    await page.getByRole('button', { name: '体检', exact: true }).click();
    await page.getByText('发现的问题').waitFor();
  }
  if (chart) await page.locator('main svg, main canvas').first().waitFor();
  // Charts grow for a moment.
  await page.waitForTimeout(4_000);
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
  await context.close();
}
await browser.close();
