import { decimal } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import { DEFAULT_PACK } from './packs/default-pack';
import type { CauseWhen, RulePack } from './rule-packs';

const NEVER: Readonly<Record<CauseWhen, Sentence>> = {
  missed: { zh: '未完成指标值也可以不写原因', en: 'no cause for a missed target' },
  beyond: { zh: '偏差再大也可以不写原因', en: 'no cause for any deviation' },
  not_fully_reached: { zh: '定性指标未完全达成也可以不写原因', en: 'no cause for a worded target not fully reached' },
  low_execution: { zh: '预算执行率再低也可以不写原因', en: 'no cause for a low budget execution' },
};

/** Where a pack asks for less than the default rules do: whoever reads the form should know. */
export function notRequired({ causeWhen, causeBeyond, causeBelowExecution, label }: RulePack): Sentence[] {
  const asked = DEFAULT_PACK.causeWhen.filter((when) => causeWhen.includes(when));
  const never = DEFAULT_PACK.causeWhen.filter((when) => !causeWhen.includes(when)).map((when) => NEVER[when]);
  const beyond = DEFAULT_PACK.causeBeyond;
  if (asked.includes('beyond') && decimal(causeBeyond).gt(decimal(beyond))) {
    never.push({
      zh: `偏差不超过 ±${causeBeyond}% 可以不写原因（通用规则为 ±${beyond}%）`,
      en: `no cause up to a deviation of ±${causeBeyond}% (±${beyond}% by default)`,
    });
  }
  const below = DEFAULT_PACK.causeBelowExecution;
  if (asked.includes('low_execution') && decimal(causeBelowExecution).lt(decimal(below))) {
    never.push({
      zh: `预算执行率达到 ${causeBelowExecution}% 可以不写原因（通用规则为 ${below}%）`,
      en: `no cause from an execution of ${causeBelowExecution}% on (${below}% by default)`,
    });
  }
  if (never.length === 0) return [];
  return [
    {
      zh: `评分规则“${label.zh}”的要求比通用规则松：${never.map(({ zh }) => zh).join('；')}。`,
      en: `The ${label.en} ask for less than the default rules: ${never.map(({ en }) => en).join('; ')}.`,
    },
  ];
}
