import { hash } from 'node:crypto';

const END_OF_ROW = 0x0a;

/** The sum of the rows of a table as `COPY` writes them, the same in whatever order they lie. */
export class RowSum {
  private sum = 0n;
  /** What has come of a row whose end has not. */
  private begun: Buffer[] = [];

  /** The next piece of what `COPY` wrote, cut anywhere. */
  update(piece: Buffer): void {
    let begin = 0;
    // A line's end within a value is written otherwise.
    for (let end = piece.indexOf(END_OF_ROW); end >= 0; end = piece.indexOf(END_OF_ROW, begin)) {
      this.sum += BigInt(`0x${hash('sha256', this.rowEndingIn(piece.subarray(begin, end)))}`);
      begin = end + 1;
    }
    if (begin < piece.length) this.begun.push(piece.subarray(begin));
  }

  equals(other: RowSum): boolean {
    return this.sum === other.sum && Buffer.concat(this.begun).equals(Buffer.concat(other.begun));
  }

  /** Put together once, for a row may come in a thousand pieces. */
  private rowEndingIn(last: Buffer): Buffer {
    if (this.begun.length === 0) return last;
    const row = Buffer.concat([...this.begun, last]);
    this.begun = [];
    return row;
  }
}
