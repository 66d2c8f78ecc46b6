import { parsePeriod } from '../../../../libs/core/period';
import type { Words } from '../language';

const MONTH_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const QUARTER_ZH = ['一', '二', '三', '四'];

/** `2024-Q3` as `2024 年第三季度`, or `Q3 2024`. */
export function sayPeriod(code: string, { language }: Words): string {
  const { grain } = parsePeriod(code);
  const [year, part = ''] = code.split('-');
  const number = Number(part.replace(/\D/g, ''));
  if (grain === 'year') return language === 'zh' ? `${year} 年` : `${year}`;
  // A figure after 年 stands off; a word does not: 2024 年 3 月, 2024 年上半年.
  const gap = grain === 'month' ? ' ' : '';
  return language === 'zh'
    ? `${year} 年${gap}${sayPart(part, 'zh', number)}`
    : `${sayPart(part, 'en', number)} ${year}`;
}

/** The part of a year alone: `Q3` as `第三季度`, or `Q3`. */
export function sayPart(part: string, language: Words['language'], number = Number(part.replace(/\D/g, ''))): string {
  if (language === 'en') return /^[HQ]/.test(part) ? part : (MONTH_EN[number - 1] ?? part);
  if (part.startsWith('H')) return number === 1 ? '上半年' : '下半年';
  if (part.startsWith('Q')) return `第${QUARTER_ZH[number - 1]}季度`;
  return `${number} 月`;
}

/** Whether a text from the address is a period. */
export function isPeriod(text: string): boolean {
  return /^\d{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$/.test(text);
}
