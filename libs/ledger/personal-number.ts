const ID_NUMBER = /(?<![0-9])[1-9]\d{5}[ -]?\d{8}[ -]?\d{3}[0-9Xx](?![0-9])/g;
const MOBILE_NUMBER = /(?:(?<![0-9])|(?<=\+86|(?<![0-9])0086))1[3-9]\d([ -]?)\d{4}\1\d{4}(?![0-9])/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/**
 * Whether free text holds an 18-digit ID number with a valid check digit (GB 11643) or an 11-digit mobile number
 * (R25), also in full-width digits, in groups, or with marks between the digits that nobody sees.
 */
export function holdsPersonalNumber(text: string): boolean {
  if (text.length < 11) return false;
  const ascii = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  if (MOBILE_NUMBER.test(ascii)) return true;
  return [...ascii.matchAll(ID_NUMBER)].some(([grouped]) => {
    const number = grouped.replace(/[ -]/g, '');
    const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
    return CHECK_DIGITS[sum % 11] === number[17]?.toUpperCase();
  });
}
