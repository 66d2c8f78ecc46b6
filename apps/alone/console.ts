import type { Sentence } from '../../libs/core/domain-error';

/** A line on the terminal, in both languages: who starts the program has not chosen one yet. */
export function say({ zh, en }: Sentence): void {
  process.stderr.write(`${zh}\n${en}\n`);
}
