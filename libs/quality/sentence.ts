import type { Sentence } from '../core/domain-error';
import { findKind } from '../catalogue/kinds';
import type { Label } from '../catalogue/label';
import { METRICS } from '../catalogue/metrics';
import type { ContradictionRule } from '../catalogue/quality-rule';
import { findQualityRule } from '../catalogue/quality-rules';
import type { Gap } from '../ledger/findings.queries';
import { unmet } from '../ledger/grounds';
import type { FindingRow } from './findings.queries';

type Told = Pick<FindingRow, 'rule' | 'period' | 'subject' | 'measured' | 'expected' | 'detail'>;

/** What a finding says, in a sentence that stands without its row. */
export function sentenceOf(finding: Told): Sentence {
  const { period, subject, measured, expected, detail } = finding;
  const rule = findQualityRule(finding.rule);
  switch (rule?.kind) {
    // A rule of an earlier version of the program.
    case undefined:
      return { zh: `${period} ${subject}：${measured}`, en: `${period} ${subject}: ${measured}` };
    case 'completeness': {
      const kind = kindLabel(subject);
      return {
        zh: `${period} 没有“${kind.zh}”的登记，也没有零报告。`,
        en: `Nothing of "${kind.en}" in ${period}, and no nil return.`,
      };
    }
    case 'outlier': {
      const kind = kindLabel(subject);
      return {
        zh: `${period} “${kind.zh}”为 ${measured}，此前 ${text(detail?.months)} 个月的中位数为 ${expected}（稳健 z 值 ${text(detail?.score)}）。`,
        en: `"${kind.en}" is ${measured} in ${period}; the median of ${text(detail?.months)} months before is ${expected} (robust z-score ${text(detail?.score)}).`,
      };
    }
    case 'contradiction':
      return contradiction(rule, finding);
    case 'lateness':
      return {
        zh: `${period} 的 ${text(detail?.total)} 条登记中有 ${text(detail?.part)} 条（${measured}%）晚于 ${rule.days} 天才登记。`,
        en: `Of ${text(detail?.total)} entries of ${period} ${text(detail?.part)} (${measured}%) were recorded more than ${rule.days} days late.`,
      };
    case 'adjustments':
      return {
        zh: `记入 ${period} 的 ${text(detail?.total)} 条登记中有 ${text(detail?.part)} 条（${measured}%）属于以前月份。`,
        en: `Of ${text(detail?.total)} entries posted to ${period} ${text(detail?.part)} (${measured}%) belong to earlier months.`,
      };
    case 'gap':
      return gaps(finding);
    case 'lack': {
      const [begins, lacks] = [kindLabel(rule.begins.kind), kindLabel(rule.lacks.kind)];
      return {
        zh: `${subject} 在 ${measured} 有“${begins.zh}”，却没有“${lacks.zh}”。`,
        en: `${subject} has "${begins.en}" on ${measured}, and no "${lacks.en}".`,
      };
    }
    case 'repeat': {
      const kind = kindLabel(rule.repeats);
      return {
        zh: `请求 ${subject} 的“${kind.zh}”登记了 ${measured} 次，应为 1 次。`,
        en: `The request ${subject} has "${kind.en}" ${measured} times where there is one.`,
      };
    }
    case 'silence':
      return {
        zh: `请求 ${subject} 自 ${measured} 起没有新的登记，也没有关闭。`,
        en: `Nothing was logged of the request ${subject} since ${measured}, and it is not closed.`,
      };
  }
}

function contradiction({ left, right, operator }: ContradictionRule, { period, measured, expected }: Told): Sentence {
  const [one, other] = [metricLabel(left), right === 0 ? { zh: '零', en: 'zero' } : metricLabel(right)];
  const when = period === '' ? { zh: '自建账以来', en: 'since the start' } : { zh: period, en: `in ${period}` };
  const more = operator === '<=' ? { zh: '大于', en: 'more than' } : { zh: '小于', en: 'less than' };
  return {
    zh: `${when.zh}“${one.zh}”${measured} ${more.zh}“${other.zh}”${expected}。`,
    en: `"${one.en}" ${measured} is ${more.en} "${other.en}" ${expected} ${when.en}.`,
  };
}

function gaps({ detail }: Told): Sentence {
  const occurredOn = text(detail?.occurredOn);
  const kind = kindLabel(text(detail?.kind));
  const unmetOnes = ((detail?.gaps ?? []) as Gap[]).map((gap) => unmet(gap.subject, { ...gap, occurredOn }).sentence);
  return {
    zh: `${occurredOn} “${kind.zh}”：${unmetOnes.map(({ zh }) => zh).join('')}`,
    en: `"${kind.en}" of ${occurredOn}: ${unmetOnes.map(({ en }) => en).join(' ')}`,
  };
}

function kindLabel(code: string): Label {
  return findKind(code)?.label ?? { zh: code, en: code };
}

function metricLabel(key: string): Label {
  return METRICS.find((metric) => metric.key === key)?.label ?? { zh: key, en: key };
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
