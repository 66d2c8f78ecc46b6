import { findKind } from './kinds';
import { label, type Label } from './label';
import type { Count, MetricDefinition } from './metric-definition';
import { REASONS } from './reasons';

/** How a metric is reckoned, in words. */
export function formulaOfMetric({ addsUp, counts, subject }: MetricDefinition): Label {
  const terms = label(inTurn(counts, 'zh'), inTurn(counts, 'en'));
  if (addsUp === 'reported') {
    const names = label(namesOf(counts, 'zh'), namesOf(counts, 'en'));
    return label(`本期最后一次填报的数值：${names.zh}`, `the last value reported in the period: ${names.en}`);
  }
  if (addsUp === 'sum') return label(`本期台账合计：${terms.zh}`, `the sum of the period's entries: ${terms.en}`);
  if (addsUp === 'distinct') {
    return label(
      `本期有下列记录的${subject === 'case' ? '请求数' : '人数'}（不重复计）：${terms.zh}`,
      `the ${subject === 'case' ? 'requests' : 'persons'} with such entries in the period, each once: ${terms.en}`,
    );
  }
  return label(`自建账起至期末累计：${terms.zh}`, `from the first entry to the end of the period: ${terms.en}`);
}

/** How a rate is reckoned, in the names of its parts. */
export function formulaOfRate(numerator: Label, denominator: Label, scale: number): Label {
  return label(`${numerator.zh} ÷ ${denominator.zh} × ${scale}`, `${numerator.en} ÷ ${denominator.en} × ${scale}`);
}

/** What entries a metric counts, in words: the kind, and which outcome and reasons of it. */
export function nameOfCount({ kind, outcome, reasons }: Count): Label {
  const definition = findKind(kind)!;
  const which = definition.outcomes?.find((each) => each.code === outcome)?.label;
  const why = reasons?.map((code) => REASONS.find((each) => each.code === code)!.label);
  const whole = (language: keyof Label, comma: string, colon: string, [open, close]: readonly [string, string]) => {
    const detail = [which?.[language], why?.map((each) => each[language]).join(comma)].filter(
      (text) => text !== undefined,
    );
    return definition.label[language] + (detail.length > 0 ? open + detail.join(colon) + close : '');
  };
  return label(whole('zh', '、', '：', ['（', '）']), whole('en', ', ', ': ', [' (', ')']));
}

function namesOf(counts: readonly Count[], language: keyof Label): string {
  return counts.map((count) => nameOfCount(count)[language]).join(language === 'zh' ? '、' : ', ');
}

function inTurn(counts: readonly Count[], language: keyof Label): string {
  return counts.map((count, at) => sign(count, at) + nameOfCount(count)[language]).join('');
}

function sign({ times }: Count, at: number): string {
  const taken = times?.startsWith('-') ?? false;
  const size = times?.replace('-', '');
  const factor = size === undefined || size === '1' ? '' : `${size} × `;
  return (taken ? ' − ' : at === 0 ? '' : ' + ') + factor;
}
