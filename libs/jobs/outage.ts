import { Logger } from '@nestjs/common';
import { Sentence } from '../core/domain-error';

/** Says once that something failed, however often it fails, until it has worked again. */
export class Outage {
  lasting = false;

  constructor(
    private readonly logger: Logger,
    private readonly sentences: { readonly begins: Sentence; readonly ends: Sentence },
  ) {}

  begins(error: unknown): void {
    if (this.lasting) return;
    this.lasting = true;
    this.logger.warn(`${inBoth(this.sentences.begins)} (${reasonOf(error)})`);
  }

  ends(): void {
    if (!this.lasting) return;
    this.lasting = false;
    this.logger.log(inBoth(this.sentences.ends));
  }
}

function inBoth({ zh, en }: Sentence): string {
  return `${zh} ${en}`;
}

/** A refused connection to a name with two addresses has an empty message and only a code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || String((error as NodeJS.ErrnoException).code ?? error.name);
}
