import { SaxesParser } from 'saxes';

const FILLED = /^word\/(document|header\d*|footer\d*)\.xml$/;

/**
 * The text of each part of a Word file that people write in: document, headers, footers.
 *
 * @throws {Error} when one of them, or any other part of XML, does not begin and end: Word would not open it
 */
export async function textsOf(docx: Buffer): Promise<string[]> {
  const { default: PizZip } = await import('pizzip');
  const parts = new PizZip(docx).file(/\.(xml|rels)$/i);
  return parts.flatMap((part) => {
    if (FILLED.test(part.name)) return [textOf(part.asText())];
    textOf(inItsEncoding(part.asUint8Array()));
    return [];
  });
}

/** By its mark, else by what it says of itself, else UTF-8. What is filled is always taken as UTF-8. */
function inItsEncoding(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)/.exec(start)?.[1];
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : declared;
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

function textOf(xml: string): string {
  let text = '';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.write(xml).close();
  return text;
}
