import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../../libs/core/domain-error';

const recordedProblems = new WeakSet<object>();
const problemOf = new WeakMap<object, unknown>();

/** Marks a problem whose refusal stands in the audit log already. */
export function recorded<Problem extends Error>(problem: Problem): Problem {
  recordedProblems.add(problem);
  return problem;
}

/** Keeps what a request ends with until its answer goes out. */
export function noteProblem(request: FastifyRequest, thrown: unknown): void {
  problemOf.set(request.raw, thrown);
}

/** The code of what the request was refused with; nothing when that is recorded already. */
export function unrecordedProblem(request: FastifyRequest): string | undefined {
  const thrown = problemOf.get(request.raw);
  if (typeof thrown === 'object' && thrown !== null && recordedProblems.has(thrown)) return undefined;
  return thrown instanceof DomainError ? thrown.code : 'internal';
}
