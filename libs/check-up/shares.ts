import { decimal } from '../core/decimal';
import type { ReportDocument } from './document';
import type { FoundNumber } from './found-number';
import { isGeneric, nounKey, strippedNoun } from './noun';
import { numbersBefore, numbersOfNoun } from './number-index';
import { quotient, type Reckoning } from './ratio';

/** Words of what all the parts are of. */
export const WHOLE = /(?:合计|总计|总额|总数|总量|总支出|总收入|总人数|总|共计|共|全部|全年|全省|全市|预算)/;
const EVERYWHERE = /^全(?:省|市|区|县|州|国|站|系统)/;
/** Numbers of 全省 in one line. */
const WHOLES_AT_MOST = 40;

/** What stands before a share. */
export interface ShareContext {
  readonly own: readonly FoundNumber[];
  readonly paragraph: readonly FoundNumber[];
  /** 二者占: of several numbers added up. */
  readonly together: boolean;
}

/** What a share may be of, as its sentence names it: 占总支出的; the likeliest first. */
export function shares({ own, paragraph, together }: ShareContext, of: string, document: ReportDocument): Reckoning[] {
  const part = [...own].reverse().find(({ kind }) => kind !== 'rate');
  // 二者占 is of their sum, which others tell.
  if (!part || together) return [];
  const name = strippedNoun(of.replace(/(?:比例|比重|的|为|比)+$/, '').replace(/^(?:比|比例|比重)/, ''));
  const candidates = paragraph.filter((one) => one !== part && one.kind !== 'rate' && one.unit === part.unit);
  const everywhere = EVERYWHERE.exec(of)?.[0];
  if (everywhere !== undefined && name === '') {
    const told = numbersBefore(document, part).filter((one) => {
      if (one.line !== part.line || one.unit !== part.unit || one.measure !== '') return false;
      return document.text.slice(Math.max(0, one.start - 10), one.start).includes(everywhere);
    });
    return told
      .slice(-WHOLES_AT_MOST)
      .reverse()
      .filter((one) => isAtLeast(one, part))
      .map((whole) => quotient(part, whole));
  }
  if (name === '' || /^(?:总额|总数|总量|全部|总计|合计|总)$/.test(name)) {
    const wholes = candidates.filter((one) => WHOLE.test(one.noun) && isAtLeast(one, part));
    const first = wholes.at(-1) ?? candidates.filter((one) => isAtLeast(one, part))[0];
    if (!first || wholes.length === 0) return [];
    const rest = candidates.filter((one) => one !== first && isAtLeast(one, part));
    return [first, ...rest, ...lastBefore(numbersBefore(document, part), part)].map((whole) => quotient(part, whole));
  }
  const near = candidates.filter((one) => isSameThing(name, one.noun) && isAtLeast(one, part));
  if (near.length > 0) return near.reverse().map((whole) => quotient(part, whole));
  const far = isGeneric(name) ? undefined : onlyValue(document, name, part);
  return far ? [quotient(part, far)] : zeroCount(own, part);
}

/** What is told of a thing in this unit, where it is always the same. */
function onlyValue(document: ReportDocument, name: string, { unit }: FoundNumber): FoundNumber | undefined {
  let only: FoundNumber | undefined;
  for (const one of numbersOfNoun(document, name)) {
    if (one.unit !== unit || one.period !== '' || one.kind === 'rate') continue;
    if (only && only.value !== one.value) return undefined;
    only ??= one;
  }
  return only;
}

/** The last dozen of the unit that are as large. */
function lastBefore(numbers: readonly FoundNumber[], part: FoundNumber): FoundNumber[] {
  return numbers.filter((one) => one.unit === part.unit && isAtLeast(one, part)).slice(-12);
}

/** 政府性基金预算项目0个0万元，占…的0%: nothing of nothing. */
function zeroCount(own: readonly FoundNumber[], part: FoundNumber): Reckoning[] {
  const zeros = own.filter(({ kind, value }) => kind !== 'rate' && value === '0');
  return zeros.length >= 2 && own.at(-1) === part && part.value === '0' ? [quotient(part, zeros[0]!)] : [];
}

export function isAtLeast(one: FoundNumber, other: FoundNumber): boolean {
  return decimal(one.value).gte(decimal(other.value));
}

function isSameThing(one: string, other: string): boolean {
  const [a, b] = [nounKey(one), nounKey(other)];
  if (a === b) return true;
  const [short, long] = [strippedNoun(one), strippedNoun(other)];
  return (
    short.length >= 2 && long.length >= 2 && (long.endsWith(short) || short.endsWith(long) || long.startsWith(short))
  );
}
