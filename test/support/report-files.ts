import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Workbook } from 'exceljs';
import PizZip from 'pizzip';

type Block = { readonly line: string } | { readonly rows: readonly (readonly string[])[] };

/** The paragraphs and tables of a document of the corpus. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let rows: string[][] = [];
  for (const line of [...text.split('\n'), '']) {
    if (line.includes('\t')) rows.push(line.split('\t'));
    else {
      if (rows.length > 0) blocks.push({ rows });
      rows = [];
      if (line.trim() !== '') blocks.push({ line });
    }
  }
  return blocks;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function asParagraph(text: string): string {
  // Word splits its runs where nobody would.
  const middle = Math.floor(text.length / 2);
  const run = (part: string): string => `<w:r><w:t xml:space="preserve">${escaped(part)}</w:t></w:r>`;
  return `<w:p>${run(text.slice(0, middle))}${run(text.slice(middle))}</w:p>`;
}

const SIDES = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'];
const DRAWN = `<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${SIDES.map(
  (side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`,
).join('')}</w:tblBorders></w:tblPr>`;

const A4 =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1587" w:bottom="1440" w:left="1587" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>';

/** On A4, with tables drawn by lines and their cells centred, as offices hand them in; long cells go over lines. */
export function asDrawnDocx(text: string): Buffer {
  return onA4(text, DRAWN, 'center');
}

/** The same without a line: where a cell of a row stands only its place tells. */
export function asOpenDocx(text: string, stands: 'top' | 'center'): Buffer {
  return onA4(text, '<w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr>', stands);
}

function onA4(text: string, table: string, stands: string): Buffer {
  const zip = new PizZip(asDocx(text));
  const body = zip.file('word/document.xml')!.asText();
  zip.file(
    'word/document.xml',
    body
      .replaceAll('<w:tbl>', `<w:tbl>${table}`)
      .replaceAll('<w:tc>', `<w:tc><w:tcPr><w:vAlign w:val="${stands}"/></w:tcPr>`)
      .replace('</w:body>', `${A4}</w:body>`),
  );
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
}

export function asDocx(text: string): Buffer {
  const body = blocksOf(text).map((block) => {
    if ('line' in block) return asParagraph(block.line);
    const rows = block.rows.map(
      (row) => `<w:tr>${row.map((cell) => `<w:tc>${asParagraph(cell)}</w:tc>`).join('')}</w:tr>`,
    );
    return `<w:tbl>${rows.join('')}</w:tbl>`;
  });
  const zip = new PizZip();
  const part = (xml: string): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`;
  zip.file(
    '[Content_Types].xml',
    part(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ),
  );
  zip.file(
    '_rels/.rels',
    part(
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    ),
  );
  zip.file(
    'word/document.xml',
    part(
      `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body.join('')}</w:body></w:document>`,
    ),
  );
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
}

export async function asXlsx(text: string): Promise<Buffer> {
  const book = new Workbook();
  const sheet = book.addWorksheet('报告');
  for (const block of blocksOf(text)) {
    if ('line' in block) sheet.addRow([block.line]);
    else for (const row of block.rows) sheet.addRow(row.map((cell) => (cell === '' ? null : cell)));
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** Printed by Chromium on paper wide enough that no cell is broken into lines. */
export async function asPdf(text: string, folder: string, chromium: string): Promise<Buffer> {
  const body = blocksOf(text).map((block) => {
    if ('line' in block) return `<p>${escaped(block.line)}</p>`;
    const rows = block.rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`);
    return `<table>${rows.join('')}</table>`;
  });
  const page = join(folder, 'report.html');
  const style =
    '@page { size: 420mm 297mm; margin: 20mm } body { font: 12pt "Noto Serif CJK SC" } table { border-collapse: collapse } td { padding: 2pt 14pt; white-space: nowrap }';
  await writeFile(page, `<!doctype html><meta charset="utf-8"><style>${style}</style>${body.join('\n')}`);
  const pdf = join(folder, 'report.pdf');
  await promisify(execFile)(chromium, [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-pdf-header-footer',
    `--user-data-dir=${join(folder, 'profile')}`,
    `--print-to-pdf=${pdf}`,
    `file://${page}`,
  ]);
  const { readFile } = await import('node:fs/promises');
  return readFile(pdf);
}

/** Pages full of numbers that stand in columns without lines, as a long annex has them. */
export function asLongPdf(pages = 15, rows = 50, columns = 9): Buffer {
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '', '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'];
  const kids: string[] = [];
  for (let page = 0; page < pages; page += 1) {
    const lines = Array.from({ length: rows }, (_row, row) =>
      Array.from({ length: columns }, (_column, column) => {
        const number = String((page * 7919 + row * 104_729 + column * 1299) % 9973);
        return `BT /F 8 Tf ${40 + column * 58} ${790 - row * 15} Td (${number}) Tj ET`;
      }).join('\n'),
    ).join('\n');
    objects.push(`<</Length ${lines.length}>>stream\n${lines}\nendstream`);
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents ${objects.length} 0 R>>`,
    );
    kids.push(`${objects.length} 0 R`);
  }
  objects[1] = `<</Type/Pages/Kids[${kids.join(' ')}]/Count ${pages}>>`;
  const body = objects.map((object, at) => `${at + 1} 0 obj${object}endobj`).join('\n');
  return Buffer.from(`%PDF-1.4\n${body}\ntrailer<</Root 1 0 R>>\n%%EOF`);
}
