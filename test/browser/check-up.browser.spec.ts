import { A_MINUTE, BrowsedOffice, TO_START, turnTo } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, entry, opening, REGISTRY } from '../support/small-registry';
import { recompute } from '../../libs/indicators/recompute';

let office: BrowsedOffice;

const TEXT = [
  '2024 年工作总结',
  '全年初筛 4877 人次，同意 2377 人次，初筛成功率 84.7%。',
  '全年招募 120 人。',
  '资金 1305 万元，执行 1291.9 万元，执行率 98.99999999999999%。',
].join('\n');

describeWithChromium('the check-up of a report', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(async (source) => {
      await append(source, ...opening(), entry({ quantity: '100' }));
      await recompute(source, REGISTRY);
    });
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'marks the numbers of a pasted text, leads from a finding to its place, and filters by class and severity',
    async () => {
      const page = await office.open('clerk', '/');
      await turnTo(page, '报告体检');
      await page.getByLabel('或者粘贴文字').fill(TEXT);
      await page.getByRole('button', { name: '体检', exact: true }).click();
      const findings = page.getByRole('region', { name: '发现的问题' });
      const wrong = findings.getByRole('listitem').filter({ hasText: '比率不对' });
      await wrong.getByText('48.7%', { exact: true }).waitFor();
      expect(await wrong.textContent()).toMatch(/错误.*第 2 行.*84\.7%.*2377/s);
      await findings.getByRole('listitem').filter({ hasText: '小数残留' }).waitFor();

      await wrong.getByRole('button', { name: '第 2 行' }).click();
      const place = page.getByRole('button', { name: /84\.7%/ });
      expect(await place.evaluate('document.activeElement?.textContent')).toContain('84.7%');
      await place.click();
      expect(await place.evaluate('document.activeElement?.textContent')).toContain('比率不对');

      const all = await findings.getByRole('listitem').count();
      await findings.getByLabel('类别').click();
      await page.getByTitle('小数残留').click();
      await findings.getByText(`显示 1 / ${all} 处`).waitFor();
      expect(await findings.getByRole('listitem').count()).toBe(1);
      await page.getByRole('button', { name: '再体检一份' }).click();
      // What was pasted is still there.
      expect(await page.getByLabel('或者粘贴文字').inputValue()).toBe(TEXT);
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'holds a file against the year of the ledger when asked, and says what it cannot read',
    async () => {
      const page = await office.open('officer', '/?tab=check-up', { width: 390 });
      const chooser = page.locator('input[type=file]');
      await chooser.setInputFiles({ name: '总结.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
      await page.getByRole('alert').waitFor();
      await page.getByLabel('与台账核对').click();
      await page.getByTitle('与 2024 年的台账核对').click();
      await chooser.setInputFiles({ name: '总结.txt', mimeType: 'text/plain', buffer: Buffer.from(TEXT) });
      await page.getByText('体检结果：总结.txt').waitFor();
      const told = page.getByRole('listitem').filter({ hasText: '与台账不同' });
      expect(await told.first().textContent()).toMatch(/120.*100/s);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await page.context().close();
    },
    A_MINUTE,
  );
});
