import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import { DomainError } from '../../../libs/core/domain-error';
import type { AppendResult } from '../../../libs/ledger/append';
import { faultOf } from '../fault';
import { problemOf } from '../problem.filter';
import { EntryLines, type EntryLine } from './entry-lines';

export const NDJSON = 'application/x-ndjson';

/** How many lines of a stream are written together; fewer where no more have come. */
const LINES_PER_WRITE = 5_000;

/** Hands the route the stream itself as its body. Elsewhere such a body is refused as any unknown one. */
export function acceptStreams(server: FastifyInstance, route: string): void {
  server.addContentTypeParser(NDJSON, (request, payload, done) => {
    if (request.routeOptions.url === route) done(null, payload);
    else done(Object.assign(new Error('not a stream'), { statusCode: 415 }), undefined);
  });
}

type Append = (inputs: readonly unknown[]) => Promise<AppendResult>;

/**
 * The answers to a stream of entries, a line each, as its writes commit; at the end one line with what they come to.
 * What was answered is kept, also when the stream breaks off. A sender who reads no answers has to wait.
 *
 * @param admit asked before each write; what it throws ends the stream
 */
export function answerStream(source: Readable, admit: () => Promise<Append>, language: string | undefined): Readable {
  return Readable.from(answers(new EntryLines(source), admit, language), { highWaterMark: 2 });
}

async function* answers(
  lines: EntryLines,
  admit: () => Promise<Append>,
  language: string | undefined,
): AsyncGenerator<string> {
  const total = { created: 0, unchanged: 0, refused: 0 };
  let admitted: Promise<unknown> = Promise.resolve();
  const write = async (): Promise<string> => {
    const taken = await lines.take(LINES_PER_WRITE);
    const inputs = taken.flatMap((one) => ('input' in one ? [one.input] : []));
    // One after the other, so that no write overtakes the one before it.
    const admitting = admitted.then(admit);
    admitted = admitting;
    const append = await admitting;
    const { created, unchanged, refused, results } = await append(inputs);
    total.created += created;
    total.unchanged += unchanged;
    total.refused += refused + taken.length - inputs.length;
    return textOf(taken, results, language);
  };
  try {
    let ahead: Promise<string> | undefined;
    for (;;) {
      const answer = ahead ?? write();
      // While a write is under way the next is checked already, if it will be full.
      ahead = lines.waiting >= LINES_PER_WRITE ? write() : undefined;
      ahead?.catch(() => undefined);
      const text = await answer;
      if (text === '') break;
      yield text;
    }
    yield `${JSON.stringify(total)}\n`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return;
    yield `${JSON.stringify({ ...total, problem: problemOf(asProblem(error), language) })}\n`;
  }
}

function textOf(taken: readonly EntryLine[], results: AppendResult['results'], language: string | undefined): string {
  let next = 0;
  return taken
    .map((one) => {
      const { line } = one;
      const result = 'input' in one ? results[next++] : undefined;
      const { id = null, status = 'refused' } = result ?? {};
      const problem = 'problem' in one ? one.problem : result?.status === 'refused' ? result.problem : undefined;
      return `${JSON.stringify({ line, id, status, problem: problem && problemOf(problem, language) })}\n`;
    })
    .join('');
}

function asProblem(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  new Logger('EntryStream').error(faultOf(error));
  return new DomainError('stream_broken_off', {
    zh: '程序出错，已记入日志。已答复的各行已保存；其余各行请原样重发。',
    en: 'The program failed; the fault is in the log. The lines that were answered are kept; send the others again.',
  });
}
