import type { EntityManager } from 'typeorm';
import { parsePeriod } from '../core/period';
import { definitionsFor } from '../indicators/value-meaning';
import { clockOf } from './clock';
import { findDefinition } from './definition';
import { readHistory, runningFigures, type ProgressQuestion } from './progress';
import { forecastTarget, type TargetForecast } from './target-forecast';
import type { TargetRow } from './targets.queries';

/** What a figure is to be held against at its period's end; null: nothing. */
export type AskedForecasts = ReadonlyMap<string, Pick<TargetRow, 'operator' | 'value'> | null>;

/**
 * What figures will come to by their period's end, each held against a target that is given: that of a form, where
 * none of the registry's own stands. A figure that is not known has none.
 *
 * @param manager in one transaction that sees one moment (REPEATABLE READ)
 * @throws {DomainError} when the period or the day cannot be read
 */
export async function forecastFigures(
  manager: EntityManager,
  question: Omit<ProgressQuestion, 'targetsBefore' | 'past'>,
  targets: AskedForecasts,
): Promise<Map<string, TargetForecast>> {
  const { registryId } = question;
  const period = parsePeriod(question.period);
  const clock = await clockOf(manager, question, period, question.on);
  const definitions = await definitionsFor(manager, { registryId });
  const meant = clock.range?.lastMonth ?? period.lastMonth;
  const asked = [...targets.keys()].flatMap((key) => findDefinition(key, definitions, meant) ?? []);
  if (asked.length === 0) return new Map();
  const figures = runningFigures(manager, question, asked);
  const history = await readHistory(manager, question, clock, asked, definitions, figures);
  const now = clock.range ? await figures(clock.range) : new Map();
  return new Map(
    asked.map((definition) => {
      const { key } = definition;
      return [key, forecastTarget(definition, targets.get(key) ?? null, now.get(key)?.value ?? null, history, clock)];
    }),
  );
}
