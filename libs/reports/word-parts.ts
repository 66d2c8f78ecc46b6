import { SaxesParser } from 'saxes';

/**
 * The text of each part of a Word file that people write in: document, headers, footers.
 *
 * @throws {Error} when one of them, or of the lists that join the parts, is no XML that begins and ends, which Word would not open
 */
export async function textsOf(docx: Buffer): Promise<string[]> {
  const { default: PizZip } = await import('pizzip');
  const zip = new PizZip(docx);
  for (const part of zip.file(/\.rels$/)) textOf(part.asText());
  return zip.file(/^word\/(document|header\d*|footer\d*)\.xml$/).map((part) => textOf(part.asText()));
}

function textOf(xml: string): string {
  let text = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.write(xml).close();
  return text;
}
