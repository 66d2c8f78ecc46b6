import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CHARACTERS_AT_MOST, reportTooLong } from '../report-length';
import { layOut, type LaidPage } from './pdf-layout';
import { rulesOf } from './pdf-rules';
import type { PlacedText } from './placed-text';
import { plainCharacters } from './plain-characters';
import { brokenReport, pdfWithPassword, ReportRefused, withoutText } from './report-refused';

const PAGES_AT_MOST = 500;
const PIECES_OF_PAGE = 20_000;
export const SECONDS_AT_MOST = 60;

/**
 * The text of a PDF, page by page. Nothing of it is run or drawn. The reader is loaded when the first PDF comes.
 *
 * @throws {DomainError} when it has a password, is broken, holds no text, or takes too long
 */
export async function readPdf(path: string): Promise<string> {
  const pdf = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = dirname(require.resolve('pdfjs-dist/package.json'));
  const task = pdf.getDocument({
    data: new Uint8Array(await readFile(path)),
    cMapUrl: `${join(folder, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(folder, 'standard_fonts')}/`,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    enableXfa: false,
    verbosity: 0,
  });
  const until = Date.now() + SECONDS_AT_MOST * 1000;
  const goOn = (): void => {
    if (Date.now() > until) throw pdfTooHeavy();
  };
  try {
    const document = await task.promise;
    if (document.numPages > PAGES_AT_MOST) throw tooManyPages(document.numPages);
    const pages: LaidPage[] = [];
    let characters = 0;
    for (let number = 1; number <= document.numPages; number++) {
      goOn();
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const pieces = items.slice(0, PIECES_OF_PAGE).flatMap((item) => ('str' in item ? placed(item) : []));
      characters += pieces.reduce((sum, { text }) => sum + text.length, 0);
      if (characters > CHARACTERS_AT_MOST) throw reportTooLong();
      pages.push({ pieces, rules: rulesOf(await page.getOperatorList(), pdf) });
      page.cleanup();
    }
    const text = layOut(pages, goOn).join('\n');
    if (text.trim() === '') throw withoutText();
    return text;
  } catch (error) {
    throw asRefusal(error);
  } finally {
    await task.destroy();
  }
}

interface PdfText {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
}

/** Text that runs up or down the page stands where its lowest letter does; what runs askew is a watermark. */
function placed({ str, transform, width, height }: PdfText): PlacedText[] {
  const [along = 0, up = 0, , across = 0, left = 0, bottom = 0] = transform;
  const text = plainCharacters(str);
  if (Math.abs(up) <= Math.abs(along) * 0.05) return [{ text, left, bottom, width, size: Math.abs(across) || height }];
  if (Math.abs(along) > Math.abs(up) * 0.05) return [];
  const size = Math.abs(up);
  const [from, low] = up > 0 ? [left - size, bottom] : [left, bottom - Math.abs(height)];
  return [{ text, left: from, bottom: low, width: size, size }];
}

function asRefusal(error: unknown): unknown {
  const { name } = error as Error;
  if (name === 'PasswordException') return pdfWithPassword();
  return [
    'InvalidPDFException',
    'FormatError',
    'MissingPDFException',
    'UnknownErrorException',
    'ResponseException',
  ].includes(name)
    ? brokenReport('PDF')
    : error;
}

function tooManyPages(pages: number): ReportRefused {
  return new ReportRefused(
    'report_too_long',
    `PDF 有 ${pages} 页，最多 ${PAGES_AT_MOST} 页，请拆成几份。`,
    `The PDF has ${pages} pages; at most ${PAGES_AT_MOST} are read. Split it.`,
  );
}

/** Takes longer, or more memory, than a report may. */
export function pdfTooHeavy(): ReportRefused {
  return new ReportRefused(
    'report_too_slow',
    'PDF 过于复杂，一分钟内没有读完，或要占用太多内存。请另存为 Word 再上传。',
    'The PDF could not be read within a minute, or needs too much memory. Save it as Word and send that.',
  );
}
