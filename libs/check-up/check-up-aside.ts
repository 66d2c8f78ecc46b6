import { join } from 'node:path';
import type { LedgerFigure } from './against-ledger';
import { Aside } from './aside';
import { checkUp, requireText } from './check-up';
import type { Finding } from './finding';
import type { FoundNumber } from './found-number';

export interface CheckUpQuestion {
  readonly text: string;
  readonly figures: readonly LedgerFigure[];
}

/** Of a checked report what can be handed from thread to thread. */
export interface CheckUpAnswer {
  readonly year: number | null;
  readonly numbers: readonly FoundNumber[];
  readonly findings: readonly Finding[];
}

const CHECKING = new Aside(join(__dirname, 'check-up-thread.js'), answer);

/**
 * Checks a report in a thread of its own, for a dense one takes seconds.
 *
 * @throws {DomainError} when there is no text, or more than is read
 */
export async function checkUpAside(question: CheckUpQuestion): Promise<CheckUpAnswer> {
  requireText(question.text);
  return CHECKING.ask(question);
}

export function answer({ text, figures }: CheckUpQuestion): CheckUpAnswer {
  const { document, findings } = checkUp(text, figures);
  return { year: document.year, numbers: document.numbers, findings };
}
