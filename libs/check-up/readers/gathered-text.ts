import { SourceRefused } from '../../intake/source-refused';
import { CHARACTERS_AT_MOST, reportTooLong } from '../report-length';

/** The text of a report as it is read, and no more of it than is checked. */
export class GatheredText {
  private readonly pieces: string[] = [];
  private length = 0;

  /** @throws {DomainError} when the report is too long */
  addLine(line: string): void {
    this.length += line.length + 1;
    if (this.length > CHARACTERS_AT_MOST) throw tooLong();
    this.pieces.push(line);
  }

  /** With an empty line before and after. @throws {DomainError} when the report is too long */
  addTable(rows: readonly (readonly string[])[]): void {
    this.addLine('');
    for (const row of rows) this.addLine(row.map(oneLine).join('\t'));
    this.addLine('');
  }

  get text(): string {
    return this.pieces.join('\n');
  }
}

/** As the readers of packed files let it pass. */
function tooLong(): SourceRefused {
  const { code, sentence } = reportTooLong();
  return new SourceRefused(code, sentence.zh, sentence.en);
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
