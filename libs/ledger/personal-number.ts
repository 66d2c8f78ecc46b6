const ID_NUMBER = /(?<![0-9])[1-9]\d{16}[0-9Xx](?![0-9])/g;
const MOBILE_NUMBER = /(?<![0-9])1[3-9]\d{9}(?![0-9])/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** Whether free text holds an 18-digit ID number with a valid check digit (GB 11643) or an 11-digit mobile number (R25). */
export function holdsPersonalNumber(text: string): boolean {
  const ascii = text.normalize('NFKC');
  if (MOBILE_NUMBER.test(ascii)) return true;
  return [...ascii.matchAll(ID_NUMBER)].some(([number]) => {
    const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
    return CHECK_DIGITS[sum % 11] === number[17]?.toUpperCase();
  });
}
