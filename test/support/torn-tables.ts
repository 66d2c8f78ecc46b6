const PAGE_LINES = 34;
const NUMBERS = [
  (page: number) => `— ${page} —`,
  (page: number) => `第 ${page} 页 共 9 页`,
  (page: number) => `- ${page} -`,
  (page: number) => `${page}/9`,
];

export interface Tear {
  /** Letters of a cell on one line; longer ones go over several. */
  readonly cell?: number;
  /** Of the name of a column. */
  readonly head?: number;
  /** Numbers of pages between the cells. */
  readonly pages?: boolean;
}

/** A marked text as it is copied out of a PDF: one cell a line, empty cells leaving nothing behind. */
export function torn(marked: string, { cell = Infinity, head = Infinity, pages = false }: Tear): string {
  let inTable = false;
  let count = 0;
  let page = 0;
  return marked
    .split('\n')
    .flatMap((line) => {
      if (!line.includes('\t')) {
        inTable = false;
        return [line];
      }
      const longest = inTable ? cell : head;
      inTable = true;
      return line
        .split('\t')
        .filter((text) => text !== '')
        .flatMap((text) => wrapped(text, longest))
        .flatMap((text) => (pages && ++count % PAGE_LINES === 0 ? [text, ...pageBreak(page++)] : [text]));
    })
    .join('\n');
}

function pageBreak(page: number): string[] {
  const number = NUMBERS[page % NUMBERS.length]!(page + 1);
  return page % 2 === 0 ? ['', number, ''] : [number];
}

/** No number is parted from its unit or its mark. */
function wrapped(text: string, longest: number): string[] {
  const lines: string[] = [];
  let [line, length] = ['', 0];
  for (const [word] of text.matchAll(/⟦[^⟧]*⟧|[\x21-\x7e≥≤＝]+|./gu)) {
    const wide = word.startsWith('⟦') ? word.replace(/\|.*/, '⟧').length - 2 : word.length;
    if (length > 0 && length + wide > longest && !/^[，。；、）%人例份]/.test(word)) {
      lines.push(line);
      [line, length] = ['', 0];
    }
    line += word;
    length += wide;
  }
  return [...lines, line];
}
