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

/** Of the form and the half-year's: `2024年度部门整体支出绩效自评表`. */
export function titleOf({ form, stage }: Pick<FilledForm, 'form' | 'stage'>, { period }: AssessmentHead): string {
  return nameOfPeriod(period) + (stage === 'half' ? monitored(form.title.zh) : form.title.zh);
}

/** In July the same form is one of 监控. */
export function monitored(title: string): string {
  return title.includes('自评') ? title.replace('自评价', '监控').replace('自评', '监控') : `${title}（监控）`;
}
