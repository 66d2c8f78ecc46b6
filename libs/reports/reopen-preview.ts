import type { EntityManager } from 'typeorm';
import type { Label } from '../catalogue/label';
import { parsePeriod, type Month } from '../core/period';
import { findReopenEffect, type ReopenEffect } from '../ledger/months';
import { findSealedKeys } from '../ledger/seals.queries';
import { FORMS } from '../assessment/forms/shipped-forms';

/** What reopening a month would undo, and what then may move. */
export interface ReopenPreview extends ReopenEffect {
  /** The metrics and indicators whose sealed values of the registry may move. */
  readonly keys: readonly string[];
  /** The self-assessments that are filled from them. */
  readonly assessments: readonly { readonly form: string; readonly title: Label; readonly year: string }[];
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
  const years = [...new Set(effect.months.map((one) => parsePeriod(one).code.slice(0, 4)))].sort();
  return {
    ...effect,
    keys: await findSealedKeys(manager, registryId, effect.seals),
    assessments: FORMS.flatMap(({ code, title, since }) =>
      years.filter((year) => year >= since).map((year) => ({ form: code, title, year })),
    ),
  };
}
