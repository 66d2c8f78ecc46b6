const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A text as XML can hold it: what Word breaks lines and pages by breaks the line, and else U+FFFD stands for a character that it cannot hold. */
export function xmlText(text: string): string {
  return text.replace(/[\v\f]/g, '\n').replace(NOT_IN_XML, '\uFFFD');
}
