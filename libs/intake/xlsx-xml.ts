import { SaxesParser } from 'saxes';
import { SourceRefused } from './source-refused';
import { brokenWorkbook } from './xlsx-package';

const DEPTH_AT_MOST = 100;
/** No tag, text or remark is longer: an Excel cell holds 32,767 characters. */
const CHARACTERS_AT_MOST = 1024 * 1024;

/** Told of what stands in a part, in its order. Names come without their prefix. */
export interface XmlListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Reads a part of a workbook and tells a listener; yields after each piece, so that what it has gathered can be taken
 * away. Nothing outside the part is ever read: a part that declares a document type is refused, and its own entities
 * with it.
 *
 * @throws {SourceRefused} when the part is not sound
 */
export async function* readXml(
  bytes: AsyncIterable<Buffer>,
  part: string,
  listener: XmlListener,
): AsyncGenerator<number, void, undefined> {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  let [depth, unbroken] = [0, 0];
  parser.on('doctype', () => {
    throw new SourceRefused(
      'workbook_declares_type',
      '工作簿内含文档类型声明（DTD），可能有害，不予读取。请用 Excel 另存为 xlsx。',
      'The workbook declares a document type (DTD), which may do harm: it is not read. Save it in Excel as xlsx.',
    );
  });
  parser.on('opentag', ({ name, attributes }) => {
    unbroken = 0;
    if (++depth > DEPTH_AT_MOST) throw brokenWorkbook(part);
    listener.open?.(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    unbroken = 0;
    depth -= 1;
    listener.close?.(localName(name));
  });
  const onText = (text: string): void => {
    unbroken = 0;
    listener.text?.(text);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) {
      unbroken += chunk.length;
      parser.write(decoder.decode(chunk, { stream: true }));
      if (unbroken > CHARACTERS_AT_MOST) throw brokenWorkbook(part);
      yield chunk.length;
    }
    parser.write(decoder.decode());
    parser.close();
  } catch (error) {
    throw error instanceof SourceRefused ? error : brokenWorkbook(part);
  }
}

/** Reads a whole part that is small. */
export async function readWholeXml(bytes: AsyncIterable<Buffer>, part: string, listener: XmlListener): Promise<void> {
  const pieces = readXml(bytes, part, listener);
  while (!(await pieces.next()).done);
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
