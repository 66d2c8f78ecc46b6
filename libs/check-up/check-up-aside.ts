import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LedgerFigure } from './against-ledger';
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

/** Compiled beside this file. Where the sources run as they are there is none, and no server to be held up. */
const THREAD = join(__dirname, 'check-up-thread.js');
const MEGABYTES = 512;

let last: Promise<unknown> = Promise.resolve();

/**
 * Checks a report in a thread of its own, for a dense one takes seconds that other requests need not wait. One at a
 * time: the rest of the machine is theirs.
 *
 * @throws {DomainError} when there is no text, or more than is read
 */
export async function checkUpAside(question: CheckUpQuestion): Promise<CheckUpAnswer> {
  requireText(question.text);
  if (!existsSync(THREAD)) return answer(question);
  const own = last.then(() => inThread(question));
  last = own.catch(() => undefined);
  return own;
}

export function answer({ text, figures }: CheckUpQuestion): CheckUpAnswer {
  const { document, findings } = checkUp(text, figures);
  return { year: document.year, numbers: document.numbers, findings };
}

function inThread(question: CheckUpQuestion): Promise<CheckUpAnswer> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, {
      workerData: question,
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`The check-up ended with ${code} before it answered.`)));
  });
}
