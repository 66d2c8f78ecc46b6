import { SaxesParser } from 'saxes';

/**
 * The text of each part of a Word file that people write in: document, headers, footers.
 *
 * @throws {Error} when one of its parts is no XML that begins and ends, which Word would not open
 */
export async function textsOf(docx: Buffer): Promise<string[]> {
  const { default: PizZip } = await import('pizzip');
  return new PizZip(docx).file(/\.(xml|rels)$/).flatMap((part) => {
    const text = textOf(part.asText());
    return /^word\/(document|header\d*|footer\d*)\.xml$/.test(part.name) ? [text] : [];
  });
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
