import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkUp } from '../../libs/check-up/check-up';
import { readReport } from '../../libs/check-up/readers/read-report';
import { figuresOf, inText, readCorpus, type MarkedDocument } from '../support/check-up-corpus';
import { asDrawnDocx, asOpenDocx } from '../support/report-files';
import { hasSoffice, toPdf } from '../support/soffice';

jest.setTimeout(300_000);

const DOCUMENTS = ['corpus', 'offices', 'long-cells'].flatMap((name) =>
  readCorpus(join(__dirname, '../check-up', name)).map((document, index) => ({ document, name: `${name}-${index}` })),
);
const LOOKS: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['drawn', asDrawnDocx],
  ['open-top', (text) => asOpenDocx(text, 'top')],
  ['open-center', (text) => asOpenDocx(text, 'center')],
];
const MAY_RUN = hasSoffice() || process.env.CI === 'true';
const printing = MAY_RUN ? describe : describe.skip;

let folder: string;

beforeAll(async () => {
  if (!MAY_RUN) return;
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-corpus-'));
  const files: string[] = [];
  for (const [look, made] of LOOKS)
    for (const { document, name } of DOCUMENTS) {
      const file = `${look}-${name}.docx`;
      await writeFile(join(folder, file), made(document.text));
      files.push(file);
    }
  await toPdf(folder, files);
});

afterAll(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** The cells of every row, without what is empty at its end. */
function rowsOf(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.includes('\t') ? [line.replace(/ |\t+$/g, '')] : []));
}

printing.each(LOOKS.map(([look]) => look))('of LibreOffice, its tables %s, over lines and pages', (look) => {
  let read: MarkedDocument[];

  beforeAll(async () => {
    read = [];
    for (const { document, name } of DOCUMENTS) {
      const file = `${look}-${name}.pdf`;
      read.push(inText(document, await readReport(join(folder, file), file)));
    }
  });

  it('has the rows that were written', () => {
    for (const [index, { name, text }] of read.entries())
      expect({ name, rows: rowsOf(text) }).toEqual({ name, rows: rowsOf(DOCUMENTS[index]!.document.text) });
  });

  it('is checked as its text is', () => {
    const told = figuresOf(read, ({ text }) => checkUp(text).findings);
    const plain = figuresOf(
      DOCUMENTS.map(({ document }) => document),
      ({ text }) => checkUp(text).findings,
    );
    expect(told.missed.length).toBeLessThanOrEqual(plain.missed.length + 2);
    expect(told.falseAlarms / told.right).toBeLessThanOrEqual(0.005);
  });
});
