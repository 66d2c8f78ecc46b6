import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMS } from '../../libs/assessment/forms/shipped-forms';
import type { AssessmentHead } from '../../libs/reports/assessment-head';
import { assessmentWorkbook } from '../../libs/reports/assessment-workbook';
import { reportDocument } from '../../libs/reports/report-document';
import { filledOf, formOf, UNIT } from '../support/filled-forms';
import { hasSoffice, printed, type PrintedPaper } from '../support/soffice';

jest.setTimeout(400_000);

const A4 = ['210×297', '297×210'];
const HEAD: AssessmentHead = {
  unitName: UNIT,
  period: '2024',
  demonstration: false,
  printedAt: new Date('2025-01-10T01:30:00Z'),
};
const CODES = FORMS.map(({ code }) => code);
const PAPERS = [...CODES.map((code) => `${code}.xlsx`), 'jiangsu-half.xlsx', ...CODES.map((code) => `${code}.docx`)];

/** Where everything must be tested it is no excuse that it is not there. */
const MAY_RUN = hasSoffice() || process.env.CI === 'true';
const printing = MAY_RUN ? it : it.skip;

let folder: string;
let papers = new Map<string, PrintedPaper>();

beforeAll(async () => {
  if (!MAY_RUN) return;
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-papers-'));
  for (const code of CODES) {
    const form = filledOf(formOf(code));
    await writeFile(join(folder, `${code}.xlsx`), await assessmentWorkbook(form, HEAD));
    await writeFile(join(folder, `${code}.docx`), await reportDocument(form, HEAD));
  }
  const half = filledOf(formOf('jiangsu'), { stage: 'half', period: '2024-H1' });
  await writeFile(join(folder, 'jiangsu-half.xlsx'), await assessmentWorkbook(half, { ...HEAD, period: '2024-H1' }));
  papers = await printed(folder, PAPERS);
});

afterAll(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
});

function paper(name: string): PrintedPaper {
  const found = papers.get(name);
  if (!found) throw new Error(`LibreOffice did not print ${name}`);
  return found;
}

describe('what LibreOffice prints', () => {
  printing.each(PAPERS)('of %s is whole pages of A4', (name) => {
    const found = paper(name);
    expect(found.pages).toBeGreaterThan(0);
    expect(found.pages).toBeLessThanOrEqual(15);
    expect(found.sizes.filter((size) => !A4.includes(size))).toEqual([]);
    expect(found.text).toContain(UNIT);
  });

  printing('of the Hunan form is the form on one page, its sources behind it, and every figure on it', () => {
    const found = paper('hunan.xlsx');
    expect(found.pages).toBe(2);
    const figures = [
      '12000人',
      '10008人次',
      '48.73%',
      '65.17%',
      '61.17%',
      '78.35%',
      '136例',
      '186594人份',
      '万分之6.9',
    ];
    for (const figure of [...figures, '196937人份', '130.5', '129.19', '99.00%', '9.90']) {
      expect(found.text).toContain(figure);
    }
    // Neither residue of a double nor columns that are too narrow.
    expect(found.text).not.toMatch(/\d\.\d*(0000|9999)\d|###/);
  });

  printing('of every form has no column too narrow for its figures', () => {
    for (const name of PAPERS) expect(paper(name).text).not.toContain('###');
  });

  printing('of the Hunan report tells the figures and where they are from', () => {
    const found = paper('hunan.docx');
    for (const text of ['初筛10008人次', '初筛同意4877人次', '48.73%', '十、其他需要说明的情况', 'rate.screen_agree']) {
      expect(found.text).toContain(text);
    }
  });
});
