/** Blanks of every kind, and marks that nobody sees. */
const BLANK = /[\s\u200b-\u200d\u2060]/;
/** No code, number or date is longer; to bring a text to half width takes time with the square of its length. */
const SHORT_AT_MOST = 1000;
/** As typed before a number in Excel to keep it text. */
const APOSTROPHE = /^['’‘`](?=.)/s;
/** As put before a text that a table program would run. */
const NEUTRALISED = /^'(?=[=+\-@\t\r])/;

/** A cell that holds a code, a number, a date or one of a list: in half width, without blanks or an apostrophe around. */
export function cellText(cell: string): string {
  const bare = withoutBlanks(cell);
  const plain = bare.length > SHORT_AT_MOST ? bare : bare.normalize('NFKC');
  return withoutBlanks(withoutBlanks(plain).replace(APOSTROPHE, ''));
}

/** A cell that holds words: as they are written. */
export function cellWords(cell: string): string {
  return withoutBlanks(cell).replace(NEUTRALISED, '');
}

/** Not by an expression, which would try every run of blanks within to its end. */
function withoutBlanks(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && BLANK.test(text.charAt(from))) from += 1;
  while (from < to && BLANK.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

/** A cell as text in a CSV that no table program takes for a formula. */
export function neutralised(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
