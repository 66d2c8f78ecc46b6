import { hash } from 'node:crypto';

const END_OF_ROW = 0x0a;

/** The sum of the rows of a table as `COPY` writes them, the same in whatever order they lie. */
export class RowSum {
  private sum = 0n;
  private rest: Buffer = Buffer.alloc(0);

  /** The next piece of what `COPY` wrote, cut anywhere. */
  update(piece: Buffer): void {
    const text = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    let begin = 0;
    // A line's end within a value is written otherwise.
    for (let end = text.indexOf(END_OF_ROW); end >= 0; end = text.indexOf(END_OF_ROW, begin)) {
      this.sum += BigInt(`0x${hash('sha256', text.subarray(begin, end))}`);
      begin = end + 1;
    }
    this.rest = text.subarray(begin);
  }

  equals(other: RowSum): boolean {
    return this.sum === other.sum && this.rest.equals(other.rest);
  }
}
