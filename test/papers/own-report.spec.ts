import type { FilledForm, TypedLine } from '../../libs/assessment/filled-form';
import { FORMS } from '../../libs/assessment/forms/shipped-forms';
import { checkUp } from '../../libs/check-up/check-up';
import { readReport } from '../../libs/check-up/readers/read-report';
import { assessmentWorkbook } from '../../libs/reports/assessment-workbook';
import { reportDocument } from '../../libs/reports/report-document';
import { filledOf, formOf, UNIT } from '../support/filled-forms';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const HEAD = { unitName: UNIT, period: '2024', demonstration: false, printedAt: new Date('2025-01-10T01:30:00Z') };

const DEMONSTRATION = { ...HEAD, demonstration: true };
const BUDGET = new Map([
  ['total', { initial: '1300', adjusted: '1300', executed: '1287' }],
  ['general', { initial: '1000', adjusted: '1000', executed: '990' }],
  ['fund', { initial: '100', adjusted: '100', executed: '99' }],
  ['non_tax', { initial: '100', adjusted: '100', executed: '99.9' }],
  ['other', { initial: '100', adjusted: '100', executed: '98.1' }],
  ['basic', { initial: '900', adjusted: '900', executed: '899.1' }],
  ['project', { initial: '400', adjusted: '400', executed: '387.9' }],
]);

/** With every line reported that the ledger does not fill, so that the total is whole. */
function wholeOf(code: string): FilledForm {
  const form = formOf(code);
  const budget = code === 'hunan' ? { budget: BUDGET } : {};
  const open = filledOf(form, budget).lines.filter(({ actual }) => actual === null);
  const typed = open.map(({ code: line, name, operator, target, weight }): [string, TypedLine] => {
    if (operator === 'label') return [line, { level: 'reached', actual: target, score: weight ?? undefined }];
    // Of the revisited and the stock that the report tells itself.
    return [line, { actual: name === '回访覆盖率' ? '94.75' : (/[\d.]+/.exec(target)?.[0] ?? '1') }];
  });
  return filledOf(form, { ...budget, typed: new Map(typed) });
}

describe('a report that the product has written', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'own-report-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it.each(FORMS.map(({ code }) => code))('of the form %s passes the check-up', async (code) => {
    const filled = filledOf(formOf(code));
    const path = join(folder, `${code}.docx`);
    await writeFile(path, await reportDocument(filled, HEAD));
    expect(await toldOf(path)).toEqual([]);
  });

  it.each(FORMS.map(({ code }) => code))(
    'of the form %s passes with its budget and total, and so does the form',
    async (code) => {
      const filled = wholeOf(code);
      expect(filled.complete).toBe(true);
      const [report, form] = [join(folder, `${code}-whole.docx`), join(folder, `${code}-whole.xlsx`)];
      await writeFile(report, await reportDocument(filled, DEMONSTRATION));
      await writeFile(form, await assessmentWorkbook(filled, DEMONSTRATION));
      expect(await toldOf(report)).toEqual([]);
      expect(await toldOf(form)).toEqual([]);
    },
  );

  it('passes with what an office typed beside the ledger: one name has one value', async () => {
    const typed = new Map([
      ['screened', { actual: '10020', reason: '补计12人次' }],
      ['screen_rate', { actual: '48.67', reason: '随初筛改' }],
      ['donations', { actual: '140', reason: '含外省代采4例' }],
      ['release', { actual: '7.1', reason: '随捐献例数改' }],
    ]);
    const path = join(folder, 'typed.docx');
    await writeFile(path, await reportDocument(filledOf(formOf('hunan'), { typed }), HEAD));
    expect(await toldOf(path)).toEqual([]);
  });

  it('is told a total that its lines and its budget do not give', async () => {
    const path = join(folder, 'other-total.docx');
    await writeFile(path, await reportDocument({ ...wholeOf('hunan'), total: '98.82' }, DEMONSTRATION));
    const told = await toldOf(path);
    expect(told).toContainEqual(expect.stringMatching(/99\.82/));
  });
});

/** What is said of a paper, without what the office has yet to write, which is rightly told. */
async function toldOf(path: string): Promise<string[]> {
  const { findings } = checkUp(await readReport(path, basename(path)));
  return findings
    .filter((one) => one.class !== 'empty-cause')
    .map((one) => `${one.place.line}: ${one.class} ${one.found} → ${one.expected} ${one.message.zh}`);
}
