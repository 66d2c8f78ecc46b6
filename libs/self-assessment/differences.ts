import type { DataSource } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { AssessmentUnknown, findPlace, type AssessmentAddress } from './address';
import { findRevisions } from './assessments.queries';
import { compareFilled, type LineDifference } from '../assessment/compare-filled';
import { openWithin } from './read-assessment';
import type { StepView } from './record';
import { findStep } from './steps.queries';

/** What a comparison begins from: the last step, a step by its number, or the frozen revision before. */
export type Since = 'step' | 'revision' | number;

export interface DifferencesSince {
  readonly revision: number;
  /** What it is compared with: null where there was no step yet, or no revision before. */
  readonly since: (Pick<StepView, 'number' | 'to' | 'actor' | 'at'> & { readonly revision: number }) | null;
  readonly differences: readonly LineDifference[];
}

/**
 * What an assessment shows otherwise than it did then, line by line. Of a frozen one that is what it shows for ever.
 *
 * @throws {DomainError} when there is no such assessment or step
 */
export async function readDifferences(
  source: DataSource,
  address: AssessmentAddress,
  since: Since,
): Promise<DifferencesSince> {
  return source.transaction('REPEATABLE READ', async (manager) => {
    const opened = await openWithin(manager, address);
    const { revision } = opened.address;
    const { place } = await findPlace(manager, address);
    const of = since === 'revision' ? revision - 1 : revision;
    const row = (await findRevisions(manager, place)).find((one) => one.revision === of);
    if (!row && typeof since === 'number') throw new AssessmentUnknown(address);
    const isFrozen = opened.record.state === 'frozen' && since === 'step';
    const number = isFrozen ? (opened.record.steps.at(-1)?.number ?? 1) - 1 : typeof since === 'number' ? since : null;
    const step = row && (await findStep(manager, row, number));
    if (!step) {
      if (typeof since === 'number') throw stepUnknown(since);
      return { revision, since: null, differences: [] };
    }
    const { to, actor, at } = step;
    const differences = compareFilled(step.filled, opened.filled);
    return { revision, since: { number: step.number, to, actor, at, revision: of }, differences };
  });
}

function stepUnknown(number: number): DomainError {
  return new DomainError(
    'step_unknown',
    { zh: `没有第 ${number} 步。`, en: `There is no step number ${number}.` },
    { field: 'since' },
  );
}
