import type { EntityManager } from 'typeorm';
import { findForm } from '../assessment/forms/shipped-forms';
import { stageOf, stageTitle } from '../assessment/stage-title';
import type { Label } from '../catalogue/label';
import { dateInShanghai, parsePeriod, type Month } from '../core/period';
import { findReopenEffect, type ReopenEffect } from '../ledger/months';
import { findSealedKeys } from '../ledger/seals.queries';
import { findAssessments } from '../self-assessment/assessments.queries';
import type { AssessmentState } from '../self-assessment/record';

/** A self-assessment that is filled from months that would open again, or from what stands after them. */
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
  const periods = periodsSince(effect.months.toSorted()[0] as Month);
  const rows = await findAssessments(manager, registryId, { periods, orgs: null });
  return {
    ...effect,
    keys: await findSealedKeys(manager, registryId, effect.seals),
    assessments: rows.flatMap(({ org, form, period, project, revision, state }) => {
      const found = findForm(form);
      if (!found) return [];
      const title = stageTitle(found.title, stageOf(period));
      const year = period.slice(0, 4);
      return [{ org, form, title, period, year, project, revision, state, moves: state !== 'frozen' }];
    }),
  };
}

/** What can be assessed and ends in a month or after it: an entry moves the stock of every later month too (R11). */
function periodsSince(month: Month): string[] {
  const [from, to] = [Number(month.slice(0, 4)), Number(dateInShanghai(new Date()).slice(0, 4))];
  const years = Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
  return years.flatMap((year) => [year, `${year}-H1`]).filter((period) => parsePeriod(period).lastMonth >= month);
}
