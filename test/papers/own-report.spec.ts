import { FORMS } from '../../libs/assessment/forms/shipped-forms';
import { checkUp } from '../../libs/check-up/check-up';
import { readReport } from '../../libs/check-up/readers/read-report';
import { reportDocument } from '../../libs/reports/report-document';
import { filledOf, formOf, UNIT } from '../support/filled-forms';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

jest.setTimeout(60_000);

const HEAD = { unitName: UNIT, period: '2024', demonstration: false, printedAt: new Date('2025-01-10T01:30:00Z') };

describe('a report that the product has written', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'own-report-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it.each(FORMS.map(({ code }) => code))('of the form %s passes the check-up', async (code) => {
    const filled = filledOf(formOf(code));
    const path = join(folder, `${code}.docx`);
    await writeFile(path, await reportDocument(filled, HEAD));
    const { findings } = checkUp(await readReport(path, `${code}.docx`));
    // What the office has yet to write is rightly told.
    const told = findings.filter((one) => one.class !== 'empty-cause');
    expect(
      told.map((one) => `${one.place.line}: ${one.class} ${one.found} → ${one.expected} ${one.message.zh}`),
    ).toEqual([]);
  });
});
