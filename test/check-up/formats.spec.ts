import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkUp } from '../../libs/check-up/check-up';
import { readReport } from '../../libs/check-up/readers/read-report';
import { figuresOf, inText, readCorpus, type CorpusFigures, type MarkedDocument } from '../support/check-up-corpus';
import { CHROMIUM, describeWithChromium } from '../support/needs';
import { asDocx, asPdf, asXlsx } from '../support/report-files';

jest.setTimeout(120_000);

const DOCUMENTS = readCorpus(join(__dirname, 'corpus'));
/** Chromium takes seconds for each: one of every shape. */
const PRINTED = DOCUMENTS.filter(({ name }) => /^a(?:02|03|05|08)/.test(name));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-check-up-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function checked(
  name: string,
  write: (document: MarkedDocument) => Promise<Buffer> | Buffer,
  documents = DOCUMENTS,
): Promise<CorpusFigures> {
  const read: MarkedDocument[] = [];
  for (const document of documents) {
    const path = join(folder, name);
    await writeFile(path, await write(document));
    read.push(inText(document, await readReport(path, name)));
  }
  return figuresOf(read, ({ text }) => checkUp(text).findings);
}

describe.each<[string, (document: MarkedDocument) => Promise<Buffer> | Buffer]>([
  ['text.txt', ({ text }) => Buffer.from(text)],
  ['word.docx', ({ text }) => asDocx(text)],
  ['book.xlsx', ({ text }) => asXlsx(text)],
])('the corpus as %s', (name, write) => {
  it('is checked as its text is', async () => {
    const figures = await checked(name, write);
    expect(figures.missed).toEqual([]);
    expect(figures.falseAlarms / figures.right).toBeLessThanOrEqual(0.005);
  });
});

describeWithChromium('the corpus as a PDF', () => {
  it('is checked as its text is', async () => {
    const figures = await checked('print.pdf', ({ text }) => asPdf(text, folder, CHROMIUM!), PRINTED);
    expect(figures.missed).toEqual([]);
    expect(figures.alarms).toEqual([]);
  });
});

describe('the corpus with one cell a line, as it is copied out of a PDF', () => {
  it('is checked almost as well', () => {
    const read = DOCUMENTS.map((document) => inText(document, stacked(document.text)));
    const figures = figuresOf(read, ({ text }) => checkUp(text).findings);
    expect(figures.missed.length).toBeLessThanOrEqual(3);
    expect(figures.falseAlarms / figures.right).toBeLessThanOrEqual(0.005);
  });
});

/** Empty cells leave nothing behind. */
function stacked(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => (line.includes('\t') ? line.split('\t').filter((cell) => cell !== '') : [line]))
    .join('\n');
}
