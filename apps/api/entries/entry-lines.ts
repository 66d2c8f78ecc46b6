import { isUtf8 } from 'node:buffer';
import { EventEmitter, once } from 'node:events';
import type { Readable } from 'node:stream';
import { DomainError } from '../../../libs/core/domain-error';

/** R24. */
const LINE_LIMIT = 64 * 1024;
/** How much of a stream is held before its sender has to wait. */
const HELD_LIMIT = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

/** A line of a stream, numbered from 1, and what it holds or why it cannot be read. */
export type EntryLine =
  | { readonly line: number; readonly bytes: number; readonly input: unknown }
  | { readonly line: number; readonly bytes: number; readonly problem: DomainError };

/**
 * The lines of an NDJSON stream as they come. Reads ahead of who takes them, up to a bound; then the sender waits.
 */
export class EntryLines {
  private readonly held: EntryLine[] = [];
  private heldBytes = 0;
  private rest: Buffer[] = [];
  private restBytes = 0;
  private line = 0;
  private ended = false;
  private broken: { error: unknown } | undefined;
  private readonly changes = new EventEmitter();

  constructor(source: Readable) {
    void this.read(source);
  }

  /** How many lines have come and were not taken. */
  get waiting(): number {
    return this.held.length;
  }

  /**
   * Those that have come, up to so many; waits for the first. None at the end of the stream.
   *
   * @throws what broke the stream off, once all whole lines before that have been taken
   */
  async take(atMost: number): Promise<EntryLine[]> {
    while (this.held.length === 0 && !this.ended) await once(this.changes, 'change');
    if (this.held.length === 0 && this.broken) throw this.broken.error;
    const taken = this.held.splice(0, atMost);
    this.heldBytes -= taken.reduce((sum, { bytes }) => sum + bytes, 0);
    this.tell();
    return taken;
  }

  private async read(source: Readable): Promise<void> {
    try {
      for await (const chunk of source) {
        this.split(chunk as Buffer);
        while (this.heldBytes > HELD_LIMIT) await once(this.changes, 'change');
      }
      if (this.restBytes > 0) this.hold();
    } catch (error) {
      this.broken = { error };
    }
    this.ended = true;
    this.tell();
  }

  private split(chunk: Buffer): void {
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      this.keep(chunk.subarray(from, to));
      this.hold();
      from = to + 1;
    }
    this.keep(chunk.subarray(from));
    this.tell();
  }

  /** Of a line that is too long no more is kept than shows that it is. */
  private keep(part: Buffer): void {
    if (this.restBytes <= LINE_LIMIT && part.length > 0) this.rest.push(part);
    this.restBytes += part.length;
  }

  private hold(): void {
    this.line += 1;
    const [line, bytes] = [this.line, this.restBytes];
    const text = Buffer.concat(this.rest);
    this.rest = [];
    this.restBytes = 0;
    const read = bytes > LINE_LIMIT ? { problem: tooLong(line) } : readLine(text, line);
    if (read) this.held.push({ line, bytes: Math.min(bytes, LINE_LIMIT), ...read });
    this.heldBytes += read ? Math.min(bytes, LINE_LIMIT) : 0;
  }

  private tell(): void {
    this.changes.emit('change');
  }
}

/** Nothing for an empty line. */
function readLine(text: Buffer, line: number): { input: unknown } | { problem: DomainError } | undefined {
  if (!isUtf8(text)) return { problem: notReadable(line) };
  const json = text.toString('utf8').replace(/^\uFEFF/, '');
  if (json.trim() === '') return undefined;
  try {
    return { input: JSON.parse(json) as unknown };
  } catch {
    return { problem: notReadable(line) };
  }
}

function notReadable(line: number): DomainError {
  return new DomainError(
    'line_not_readable',
    {
      zh: `第 ${line} 行无法识别，应是一个 JSON 对象（UTF-8）。`,
      en: `Line ${line} cannot be read; a JSON object in UTF-8 is expected.`,
    },
    { line },
  );
}

function tooLong(line: number): DomainError {
  return new DomainError(
    'line_too_long',
    { zh: `第 ${line} 行超过 64 KiB。`, en: `Line ${line} is longer than 64 KiB.` },
    { line },
  );
}
