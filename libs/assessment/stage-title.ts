import { label, type Label } from '../catalogue/label';
import type { Stage } from './filled-form';

const [BOTH_ZH, BOTH_EN] = ['目标监控及自评', 'targets, monitoring and self-evaluation'];

/** What a form is called at its stage: in July the same form is one of 监控, and one of both is told by its own half. */
export function stageTitle({ zh, en }: Label, stage: Stage): Label {
  if (zh.includes(BOTH_ZH)) {
    return stage === 'half'
      ? label(zh.replace('及自评', ''), en.replace(BOTH_EN, 'half-year monitoring of the targets'))
      : label(zh.replace('目标监控及', ''), en.replace(BOTH_EN, 'self-evaluation'));
  }
  if (stage === 'year') return { zh, en };
  return label(
    zh.includes('自评') ? zh.replace('自评价', '监控').replace('自评', '监控') : `${zh}（监控）`,
    en.includes('self-evaluation')
      ? en.replace('self-evaluation', 'half-year monitoring')
      : `${en} (half-year monitoring)`,
  );
}

/** What is done at a stage, in the words of its papers. */
export function stageWord(stage: Stage): '自评' | '监控' {
  return stage === 'half' ? '监控' : '自评';
}

/** `half` for `2024-H1`. */
export function stageOf(period: string): Stage {
  return period.includes('-H') ? 'half' : 'year';
}
