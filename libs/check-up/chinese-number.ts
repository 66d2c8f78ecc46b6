const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const PLACES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** 十二 is 12, 三百零五 is 305; undefined for what is no such number below 10,000. */
export function chineseNumber(text: string): number | undefined {
  let [sum, digit] = [0, 0];
  let last = 10_000;
  for (const character of text) {
    const place = PLACES[character];
    if (place !== undefined) {
      if (place >= last) return undefined;
      sum += (digit === 0 && sum === 0 ? 1 : digit) * place;
      [digit, last] = [0, place];
    } else {
      const found = DIGITS[character];
      if (found === undefined || digit > 0) return undefined;
      digit = found;
    }
  }
  return text === '' ? undefined : sum + digit;
}
