import type { EntityManager } from 'typeorm';
import { findForm } from '../assessment/forms/shipped-forms';
import type { Label } from '../catalogue/label';
import { parsePeriod, type Month } from '../core/period';
import { findReopenEffect, type ReopenEffect } from '../ledger/months';
import { findSealedKeys } from '../ledger/seals.queries';
import { findAssessments } from '../self-assessment/assessments.queries';
import type { AssessmentState } from '../self-assessment/record';

/** A self-assessment that is filled from months that would open again. */
export interface TouchedAssessment {
  readonly org: string;
  readonly form: string;
  readonly title: Label;
  readonly period: string;
  readonly year: string;
  readonly project: string;
  readonly revision: number;
  readonly state: AssessmentState;
  /** What is frozen does not move; it would differ from the figures of then. */
  readonly moves: boolean;
}

/** What reopening a month would undo, and what then may move. */
export interface ReopenPreview extends ReopenEffect {
  /** The metrics and indicators whose sealed values of the registry may move. */
  readonly keys: readonly string[];
  readonly assessments: readonly TouchedAssessment[];
}

/**
 * Says what reopening a month would undo and which figures and assessments may move after it; does nothing.
 *
 * @throws {DomainError} when the month is not closed
 */
export async function readReopenPreview(
  manager: EntityManager,
  registryId: number,
  month: Month,
): Promise<ReopenPreview> {
  const effect = await findReopenEffect(manager, registryId, month);
  const years = [...new Set(effect.months.map((one) => one.slice(0, 4)))].sort();
  const periods = years.flatMap((year) => [year, `${year}-H1`]).filter((period) => touches(period, effect.months));
  const rows = await findAssessments(manager, registryId, { periods, orgs: null });
  return {
    ...effect,
    keys: await findSealedKeys(manager, registryId, effect.seals),
    assessments: rows.flatMap(({ org, form, period, project, revision, state }) => {
      const title = findForm(form)?.title;
      const year = period.slice(0, 4);
      return title ? [{ org, form, title, period, year, project, revision, state, moves: state !== 'frozen' }] : [];
    }),
  };
}

function touches(period: string, months: readonly Month[]): boolean {
  const { firstMonth, lastMonth } = parsePeriod(period);
  return months.some((month) => month >= firstMonth && month <= lastMonth);
}
