import { LAST_DAY, yearOf, type Day } from './calendar';
import type { Random } from './random';
import type { PerYear } from './totals';

export interface Step<T> {
  /** Those that take the step, on the day it is due. */
  readonly taken: T[];
  /** Those that do not. */
  readonly left: T[];
  /** Those for which it is due after the demonstration's end, and so undecided. */
  readonly open: T[];
}

/**
 * Decides which candidates take a step that is due on a day of their own: in each year exactly as many as its total
 * says, the heavier ones more often.
 *
 * @throws {RangeError} when a year has fewer candidates than its total
 */
export function takeStep<T extends { readonly due: Day }>(
  what: string,
  candidates: readonly T[],
  totals: PerYear,
  random: Random,
  weight: (candidate: T) => number = () => 1,
): Step<T> {
  const open = candidates.filter((candidate) => candidate.due > LAST_DAY);
  const chosen = new Set<T>();
  totals.forEach((total, year) => {
    const drawn = candidates
      .filter((candidate) => candidate.due <= LAST_DAY && yearOf(candidate.due) === year)
      .map((candidate) => ({ candidate, rank: random.next() / weight(candidate) }));
    if (drawn.length < total) throw new RangeError(`${what}: ${total} wanted, ${drawn.length} at hand`);
    drawn.sort((a, b) => a.rank - b.rank);
    for (const { candidate } of drawn.slice(0, total)) chosen.add(candidate);
  });
  return {
    taken: candidates.filter((candidate) => chosen.has(candidate)),
    left: candidates.filter((candidate) => candidate.due <= LAST_DAY && !chosen.has(candidate)),
    open,
  };
}
