import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PizZip from 'pizzip';
import { asDocx } from '../support/report-files';
import { readDocx } from '../../libs/check-up/readers/docx-report';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'docx-report-'))));
afterAll(() => rm(folder, { recursive: true }));

async function read(body: string, notes?: string): Promise<string[]> {
  const zip = new PizZip(asDocx('甲'));
  const part = (name: string, inner: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><w:${name} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">${inner}</w:${name}>`;
  zip.file('word/document.xml', part('document', `<w:body>${body}</w:body>`));
  if (notes) zip.file('word/footnotes.xml', part('footnotes', notes));
  const path = join(folder, 'a.docx');
  await writeFile(path, zip.generate({ type: 'nodebuffer' }));
  return (await readDocx(path)).split('\n').filter((line) => line !== '');
}

const run = (text: string): string => `<w:r><w:t>${text}</w:t></w:r>`;

describe('a Word document', () => {
  it('is read as it stands when all changes are accepted', async () => {
    const deleted = '<w:del><w:r><w:delText>48.74%</w:delText></w:r></w:del>';
    const body = `<w:p>${run('成功率')}${deleted}<w:ins>${run('48.73%')}</w:ins><w:moveFrom>${run('旧')}</w:moveFrom></w:p>`;
    expect(await read(body)).toEqual(['成功率48.73%']);
  });

  it('keeps a paragraph whole around a text box, whose text is read once', async () => {
    const box = `<w:txbxContent><w:p>${run('框中12例')}</w:p></w:txbxContent>`;
    const drawn = `<w:r><mc:AlternateContent><mc:Choice>${box}</mc:Choice><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent></w:r>`;
    expect(await read(`<w:p>${run('初筛')}${drawn}${run('10008人次')}</w:p>`)).toEqual(['框中12例', '初筛10008人次']);
  });

  it('is read with its footnotes', async () => {
    const notes = `<w:footnote><w:p>${run('含外省代采4例。')}</w:p></w:footnote>`;
    expect(await read(`<w:p>${run('捐献140例')}</w:p>`, notes)).toEqual(['捐献140例', '含外省代采4例。']);
  });
});
