import { open, type FileHandle } from 'node:fs/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const NAMES_IN_UTF8 = 0x0800;
const FIRST_DAY_OF_1980 = 0x0021;
const STORED = 0;
const DEFLATED = 8;

interface Written {
  readonly name: Buffer;
  readonly at: number;
  readonly method: number;
  readonly sum: number;
  readonly packed: number;
  readonly unpacked: number;
}

/** A part as another package holds it. */
export interface PackedPart {
  readonly method: number;
  readonly sum: number;
  readonly unpacked: number;
  readonly bytes: AsyncIterable<Buffer>;
}

/** Writes the parts of a workbook one after another, none of them held in memory. The same parts give the same bytes. */
export class XlsxWriter {
  private readonly written: Written[] = [];
  private at = 0;

  private constructor(private readonly file: FileHandle) {}

  static async create(path: string): Promise<XlsxWriter> {
    return new XlsxWriter(await open(path, 'w'));
  }

  async add(name: string, text: AsyncIterable<string> | Iterable<string | Uint8Array>): Promise<void> {
    let [sum, unpacked] = [0, 0];
    const packing = createDeflateRaw({ level: 4 });
    // What goes wrong before the first byte is read is told to the reader then, and is no fault that nobody caught.
    packing.on('error', () => undefined);
    const counted = async (): Promise<void> => {
      for await (const piece of text) {
        const bytes = Buffer.from(piece as string);
        sum = crc32(bytes, sum);
        unpacked += bytes.length;
        if (!packing.write(bytes)) await new Promise((resolve) => packing.once('drain', resolve));
      }
      packing.end();
    };
    const feeding = counted().catch((error: Error) => void packing.destroy(error));
    await this.write(name, DEFLATED, packing, () => ({ sum, unpacked }));
    await feeding;
  }

  /** Takes a part over as it is packed. */
  async copy(name: string, { method, sum, unpacked, bytes }: PackedPart): Promise<void> {
    await this.write(name, method === DEFLATED ? DEFLATED : STORED, bytes, () => ({ sum, unpacked }));
  }

  async end(): Promise<void> {
    const directory = this.written.map((part) => Buffer.concat([header(part, true), part.name]));
    const length = directory.reduce((total, one) => total + one.length, 0);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(END, 0);
    end.writeUInt16LE(this.written.length, 8);
    end.writeUInt16LE(this.written.length, 10);
    end.writeUInt32LE(length, 12);
    end.writeUInt32LE(this.at, 16);
    await this.append(Buffer.concat([...directory, end]));
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private async write(
    name: string,
    method: number,
    bytes: AsyncIterable<Buffer>,
    counts: () => { sum: number; unpacked: number },
  ): Promise<void> {
    const begun = { name: Buffer.from(name), at: this.at, method, sum: 0, packed: 0, unpacked: 0 };
    await this.append(Buffer.concat([header(begun, false), begun.name]));
    const from = this.at;
    for await (const chunk of bytes) await this.append(chunk);
    const part = { ...begun, ...counts(), packed: this.at - from };
    // What is known at the end only stands at the beginning.
    await this.file.write(header(part, false), 0, undefined, part.at);
    this.written.push(part);
  }

  private async append(bytes: Buffer): Promise<void> {
    await this.file.write(bytes, 0, bytes.length, this.at);
    this.at += bytes.length;
  }
}

function header({ name, at, method, sum, packed, unpacked }: Written, central: boolean): Buffer {
  const bytes = Buffer.alloc(central ? 46 : 30);
  bytes.writeUInt32LE(central ? CENTRAL : LOCAL, 0);
  if (central) bytes.writeUInt16LE(VERSION, 4);
  const shift = central ? 6 : 4;
  [VERSION, NAMES_IN_UTF8, method, 0, FIRST_DAY_OF_1980].forEach((value, index) => {
    bytes.writeUInt16LE(value, shift + 2 * index);
  });
  [sum, packed, unpacked].forEach((value, index) => bytes.writeUInt32LE(value, shift + 10 + 4 * index));
  bytes.writeUInt16LE(name.length, shift + 22);
  if (central) bytes.writeUInt32LE(at, 42);
  return bytes;
}
