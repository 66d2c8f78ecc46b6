/** Radicals that fonts of PDFs put in place of characters, where Unicode itself names no character for them. */
const RADICALS = new Map(
  [
    ...'⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⻑长⼾户'.matchAll(
      /(.)(.)/gu,
    ),
  ].map(([, radical, character]) => [radical!, character!] as const),
);

/** A text in the characters that people type. */
export function plainCharacters(text: string): string {
  return text.replace(/[\u2e80-\u2fdf]/gu, (radical) => RADICALS.get(radical) ?? radical.normalize('NFKC'));
}
