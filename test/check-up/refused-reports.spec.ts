import PizZip from 'pizzip';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkUp } from '../../libs/check-up/check-up';
import { readReport } from '../../libs/check-up/readers/read-report';
import type { DomainError } from '../../libs/core/domain-error';

jest.setTimeout(180_000);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-check-up-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function refusalOf(bytes: Buffer | string, name = 'report'): Promise<string> {
  return (await refusedOf(bytes, name)).code;
}

async function refusedOf(bytes: Buffer | string, name = 'report'): Promise<DomainError> {
  const path = join(folder, 'file');
  await writeFile(path, bytes);
  const error = await readReport(path, name).then(
    (text) => checkUp(text) && undefined,
    (refusal: DomainError) => refusal,
  );
  expect(error?.sentence?.zh ?? '').toMatch(/[\u4e00-\u9fa5]/);
  return error!;
}

function zipOf(parts: Record<string, string>): Buffer {
  const zip = new PizZip();
  for (const [name, content] of Object.entries(parts)) zip.file(name, content);
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
}

/** A page with nothing but a drawn line, as a scan has nothing but a picture. */
const SCAN = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>endobj
4 0 obj<</Length 22>>stream
0 0 m 100 100 l S     
endstream endobj
trailer<</Root 1 0 R>>
%%EOF`;

/** What it says of its password fits none that is empty. */
const LOCKED = SCAN.replace(
  'trailer<<',
  `5 0 obj<</Filter/Standard/V 1/R 2/O<${'0a'.repeat(32)}>/U<${'0b'.repeat(32)}>/P -44>>endobj
trailer<</Encrypt 5 0 R/ID[<${'0c'.repeat(16)}><${'0c'.repeat(16)}>]`,
);

describe('a report that cannot be checked', () => {
  it('is refused when it is empty, or holds blanks alone', async () => {
    expect(await refusalOf('')).toBe('file_empty');
    expect(await refusalOf(' \n\t\n')).toBe('report_without_text');
    expect(() => checkUp('  \n')).toThrow(/没有可以体检的文字/);
  });

  it('is refused when it is a scan', async () => {
    expect(await refusalOf(SCAN)).toBe('report_without_text');
  });

  it('is refused when it is a broken PDF', async () => {
    expect(await refusalOf('%PDF-1.7\nnothing more')).toBe('report_broken');
  });

  it('is refused when it has a password', async () => {
    const wrapped = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    expect(await refusalOf(wrapped)).toBe('report_encrypted');
  });

  it('is refused as a PDF with a password by what one does with a PDF', async () => {
    const { code, sentence } = await refusedOf(LOCKED);
    expect(code).toBe('report_encrypted');
    expect(sentence.zh).toMatch(/PDF/);
    expect(sentence.zh).not.toMatch(/保护文档/);
  });

  it('is refused when it is a .doc of old, a picture or another archive', async () => {
    expect(await refusalOf(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]))).toBe(
      'report_too_old',
    );
    expect(await refusalOf(Buffer.from('89504e470d0a1a0a0000000d', 'hex'))).toBe('not_a_report');
    expect(await refusalOf(zipOf({ 'a.txt': '1' }))).toBe('not_a_report');
    expect(await refusalOf('<html>1</html>')).toBe('not_a_report');
  });

  it('is refused when it unpacks to more than a report holds', async () => {
    expect(await refusalOf(zipOf({ 'word/document.xml': 'x'.repeat(300 * 1024 * 1024) }))).toBe('unpacks_too_large');
  });

  it('is refused when a packed document is broken', async () => {
    expect(await refusalOf(zipOf({ 'word/document.xml': '<w:document><w:p>' }))).toBe('report_broken');
    expect(await refusalOf(Buffer.from('PK\u0003\u0004 and no zip'))).toBe('report_broken');
  });

  it('is refused when its text is too long, whatever it lies in', async () => {
    expect(await refusalOf('字'.repeat(6 * 1024 * 1024))).toBe('report_too_long');
    const word = `<w:document><w:body>${'<w:p><w:r><w:t>初筛10008人</w:t></w:r></w:p>'.repeat(200_000)}</w:body></w:document>`;
    expect(await refusalOf(zipOf({ 'word/document.xml': word }))).toBe('report_too_long');
    expect(await refusalOf(Buffer.alloc(21 * 1024 * 1024, 49))).toBe('file_too_large');
  });
});
