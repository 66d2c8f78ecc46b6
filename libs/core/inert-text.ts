/** What a spreadsheet would take for a formula; a negative number is none. */
const RUNS = /^[\t\r\n ]*([=+@＝＋＠]|[-－](?![\d.]+%?$))|^[\t\r\n]/;

/** A text for a cell of a CSV file that shows it and runs nothing. */
export function inertText(text: string): string {
  return RUNS.test(text) ? `'${text}` : text;
}
