/** Blanks of every kind, and marks that nobody sees. */
const AROUND = /^[\s\u200b-\u200d\u2060]+|[\s\u200b-\u200d\u2060]+$/g;
/** As typed before a number in Excel to keep it text. */
const APOSTROPHE = /^['’‘`](?=.)/s;
/** As put before a text that a table program would run. */
const NEUTRALISED = /^'(?=[=+\-@\t\r])/;

/** A cell that holds a code, a number, a date or one of a list: in half width, without blanks or an apostrophe around. */
export function cellText(cell: string): string {
  return cell.normalize('NFKC').replace(AROUND, '').replace(APOSTROPHE, '').replace(AROUND, '');
}

/** A cell that holds words: as they are written. */
export function cellWords(cell: string): string {
  return cell.replace(AROUND, '').replace(NEUTRALISED, '');
}

/** A cell as text in a CSV that no table program takes for a formula. */
export function neutralised(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
