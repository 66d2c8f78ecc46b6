import { createReadStream, type ReadStream } from 'node:fs';
import { DomainError } from '../core/domain-error';
import { KINDS } from '../catalogue/kinds';
import type { KindDefinition } from '../catalogue/kind-definition';
import { FIELD_NAMES } from './column-names';
import type { CellProblem, SourceFile, SourceRow, SourceSheet } from './source-file';
import { asRefusal } from './source-refused';

export const LINE_BYTES_AT_MOST = 64 * 1024;
const LINE_FEED = 0x0a;

/** Opens a file of one JSON object a line, each an `EntryInput`. */
export function openNdjson(path: string, size: number): SourceFile {
  return { format: 'ndjson', sheets: [new NdjsonSheet(path, size)], notices: [], close: async () => undefined };
}

class NdjsonSheet implements SourceSheet {
  readonly name = 'NDJSON';
  readonly hidden = false;
  readonly headRow = 0;
  readonly from1904 = false;
  readonly notices = [];
  readonly head: readonly string[] = [...FIELD_NAMES.map(({ field }) => field), ...attributeFields()];
  private readonly columns = new Map(this.head.map((field, column) => [field, column]));
  private input?: ReadStream;

  constructor(
    private readonly path: string,
    private readonly size: number,
  ) {}

  get share(): number {
    return (this.input?.bytesRead ?? 0) / this.size;
  }

  async *rows(): AsyncGenerator<SourceRow> {
    let row = 0;
    this.input = createReadStream(this.path);
    try {
      for await (const line of linesOf(this.input)) {
        row += 1;
        const read = this.read(row, line);
        if (read) yield read;
      }
    } catch (error) {
      throw asRefusal(error);
    }
  }

  private read(row: number, line: Buffer | null): SourceRow | undefined {
    const cells = this.head.map(() => '');
    const problems: CellProblem[] = [];
    const refuse = (column: number | null, problem: DomainError): void => void problems.push({ column, problem });
    const object = parseLine(row, line);
    if (object === undefined) return undefined;
    if (object instanceof DomainError) return { row, cells, problems: [{ column: null, problem: object }] };
    for (const [field, value] of fieldsOf(object)) {
      const column = this.columns.get(field);
      if (column === undefined) refuse(null, unknownField(row, field));
      else if (typeof value === 'string') cells[column] = value;
      else if (value !== null) refuse(column, notText(row, field));
    }
    return { row, cells, ...(problems.length > 0 && { problems }) };
  }
}

function attributeFields(): string[] {
  const attributes = (KINDS as readonly KindDefinition[]).flatMap((kind) => kind.attributes ?? []);
  return [...new Set(attributes.map(({ code }) => `attributes.${code}`))];
}

/** The fields of an object with those of its attributes; what is no object of attributes stays as it is. */
function fieldsOf(object: Record<string, unknown>): [string, unknown][] {
  return Object.entries(object).flatMap(([field, value]): [string, unknown][] => {
    if (field !== 'attributes' || value === null) return field === 'attributes' ? [] : [[field, value]];
    if (typeof value !== 'object' || Array.isArray(value)) return [[field, value]];
    return Object.entries(value).map(([code, one]) => [`attributes.${code}`, one]);
  });
}

/** A blank line is undefined; `null`, a line over the limit, and what cannot be read are refused. */
function parseLine(row: number, line: Buffer | null): Record<string, unknown> | DomainError | undefined {
  if (line === null) {
    return lineRefused(row, 'line_too_long', '超过 64 KiB', 'is longer than 64 KiB');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(line).trim();
    if (text === '') return undefined;
    const object: unknown = JSON.parse(text);
    if (typeof object === 'object' && object !== null && !Array.isArray(object))
      return object as Record<string, unknown>;
  } catch {
    // Said below: a line is one object in UTF-8 or it is not.
  }
  return lineRefused(row, 'line_not_readable', '不是一个 JSON 对象（UTF-8）', 'is no JSON object in UTF-8');
}

function lineRefused(row: number, code: string, zh: string, en: string): DomainError {
  return new DomainError(code, { zh: `第 ${row} 行${zh}。`, en: `Line ${row} ${en}.` }, { field: 'file' });
}

function unknownField(row: number, field: string): DomainError {
  const name = field.slice(0, 100);
  return new DomainError(
    'field_unknown',
    { zh: `第 ${row} 行：没有名为“${name}”的字段。`, en: `Line ${row}: there is no field "${name}".` },
    { field: name },
  );
}

function notText(row: number, field: string): DomainError {
  return new DomainError(
    'not_text',
    {
      zh: `第 ${row} 行：“${field}”应是文本（数量也写成文本，如 "1.5"）。`,
      en: `Line ${row}: "${field}" must be text (a quantity too, like "1.5").`,
    },
    { field },
  );
}

/** The lines of a file; null for one that is too long, of which no more is kept than the limit. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer | null, void, undefined> {
  let [kept, length]: [Buffer[], number] = [[], 0];
  const take = (part: Buffer): void => {
    length += part.length;
    if (length <= LINE_BYTES_AT_MOST) kept.push(part);
  };
  const line = (): Buffer | null => {
    const whole = length > LINE_BYTES_AT_MOST ? null : Buffer.concat(kept);
    [kept, length] = [[], 0];
    return whole;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      take(chunk.subarray(from, end));
      yield line();
      from = end + 1;
    }
    take(chunk.subarray(from));
  }
  if (length > 0) yield line();
}
