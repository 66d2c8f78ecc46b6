import type { FilledForm } from '../assessment/filled-form';

/** What stands on an assessment's papers beside the form. */
export interface AssessmentHead {
  readonly unitName: string;
  /** `2024`, or `2024-H1` for the half year. */
  readonly period: string;
  /** Marks every page as 演示数据. */
  readonly demonstration: boolean;
  /** When it was frozen; of a draft, when it was asked for. */
  readonly printedAt: Date;
}

/** `2024年度`, `2024年上半年`. */
export function nameOfPeriod(period: string): string {
  const [year = '', half] = period.split('-H');
  if (half === undefined) return `${year}年度`;
  return `${year}年${half === '1' ? '上半年' : '下半年'}`;
}

type StagedForm = Pick<FilledForm, 'form' | 'stage'>;

/** With the period: `2024年度部门整体支出绩效自评表`. */
export function titleOf(filled: StagedForm, { period }: Pick<AssessmentHead, 'period'>): string {
  return nameOfPeriod(period) + stageTitle(filled);
}

/** What the form is called at its stage: in July the same form is one of 监控, and one of both is told by its own half. */
export function stageTitle({ form, stage }: StagedForm): string {
  const title = form.title.zh;
  if (title.includes('目标监控及自评')) return title.replace(stage === 'half' ? '及自评' : '目标监控及', '');
  if (stage === 'year') return title;
  return title.includes('自评') ? title.replace('自评价', '监控').replace('自评', '监控') : `${title}（监控）`;
}
