import { existsSync } from 'node:fs';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { DomainError } from '../core/domain-error';

const MEGABYTES = 512;
const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';

type Work<Question, Answer> = (question: Question) => Answer | Promise<Answer>;
type Said<Answer> =
  { readonly answer: Answer } | { readonly refused: Pick<DomainError, 'code' | 'sentence' | 'details'> };

/** When a thread that does not come to an end is ended, and what is said then. */
interface Bound {
  readonly seconds: number;
  readonly refusal: () => DomainError;
}

/**
 * Work that other requests need not wait for: done in a thread of its own, one piece at a time, for the rest of the
 * machine is theirs.
 */
export class Aside<Question, Answer> {
  private last: Promise<unknown> = Promise.resolve();

  /**
   * @param thread the compiled script that does the work by `answerAside`. Where the sources run as they are there is
   * none, and no server to be held up
   */
  constructor(
    private readonly thread: string,
    private readonly work: Work<Question, Answer>,
    private readonly bound?: Bound,
  ) {}

  /** @throws {DomainError} as the work does, and where it is ended */
  async ask(question: Question): Promise<Answer> {
    if (!existsSync(this.thread)) return this.work(question);
    const own = this.last.then(() => this.inThread(question));
    this.last = own.catch(() => undefined);
    return own;
  }

  private async inThread(question: Question): Promise<Answer> {
    const { bound } = this;
    const thread = new Worker(this.thread, {
      workerData: question,
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    });
    let clock: NodeJS.Timeout | undefined;
    try {
      const said = await new Promise<Said<Answer>>((resolve, reject) => {
        thread.once('message', resolve);
        thread.once('error', (error: NodeJS.ErrnoException) =>
          reject(bound && error.code === OUT_OF_MEMORY ? bound.refusal() : error),
        );
        thread.once('exit', (code) => reject(new Error(`${this.thread} ended with ${code} before it answered.`)));
        if (bound) clock = setTimeout(() => reject(bound.refusal()), bound.seconds * 1000);
      });
      if ('answer' in said) return said.answer;
      const { code, sentence, details } = said.refused;
      throw new DomainError(code, sentence, details);
    } finally {
      clearTimeout(clock);
      void thread.terminate();
    }
  }
}

/** What the script of a thread does: answers the question that it was begun with, or says why it refuses. */
export async function answerAside<Question>(work: Work<Question, unknown>): Promise<void> {
  try {
    parentPort?.postMessage({ answer: await work(workerData as Question) });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, sentence, details } = error;
    parentPort?.postMessage({ refused: { code, sentence, details } });
  }
}
