import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkUp } from '../../libs/check-up/check-up';
import { readReport } from '../../libs/check-up/readers/read-report';
import { figuresOf, inText, readCorpus, type MarkedDocument } from '../support/check-up-corpus';
import { asDrawnDocx } from '../support/report-files';
import { hasSoffice, toPdf } from '../support/soffice';

jest.setTimeout(300_000);

const DOCUMENTS = [join(__dirname, '../check-up/corpus'), join(__dirname, '../check-up/offices')].map(readCorpus);
const MAY_RUN = hasSoffice() || process.env.CI === 'true';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-corpus-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

(MAY_RUN ? it : it.skip)(
  'of LibreOffice is checked as its text is: tables over lines and pages, cells in the middle',
  async () => {
    const named = DOCUMENTS.flat().map((document, index) => ({ document, name: `${index}` }));
    for (const { document, name } of named) await writeFile(join(folder, `${name}.docx`), asDrawnDocx(document.text));
    await toPdf(
      folder,
      named.map(({ name }) => `${name}.docx`),
    );
    const read: MarkedDocument[] = [];
    for (const { document, name } of named)
      read.push(inText(document, await readReport(join(folder, `${name}.pdf`), `${name}.pdf`)));
    const told = figuresOf(read, ({ text }) => checkUp(text).findings);
    const plain = figuresOf(DOCUMENTS.flat(), ({ text }) => checkUp(text).findings);
    expect(told.missed.length).toBeLessThanOrEqual(plain.missed.length + 2);
    expect(told.falseAlarms / told.right).toBeLessThanOrEqual(0.005);
  },
);
