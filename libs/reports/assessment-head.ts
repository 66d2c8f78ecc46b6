import type { FilledForm } from '../assessment/filled-form';
import { stageTitle } from '../assessment/stage-title';

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

/** With the period: `2024年度部门整体支出绩效自评表`. */
export function titleOf(
  { form, stage }: Pick<FilledForm, 'form' | 'stage'>,
  { period }: Pick<AssessmentHead, 'period'>,
): string {
  return nameOfPeriod(period) + stageTitle(form.title, stage).zh;
}
