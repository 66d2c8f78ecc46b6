import type { Comment, OpenedAssessment } from '../api/assessments';

/** What is remarked and not settled, with the name of where it stands; none: the whole. */
export function openComments({ record, filled }: OpenedAssessment): (Comment & { name?: string })[] {
  const names = new Map([
    ...filled.lines.map(({ code, name }) => [code, name] as const),
    ...filled.budget.map(({ code, name }) => [`budget:${code}`, name] as const),
    ...filled.tasks.map(({ code, task }) => [`task:${code}`, task] as const),
  ]);
  return record.comments
    .filter(({ resolvedAt }) => resolvedAt === null)
    .map((one) => ({ ...one, name: one.line === null ? undefined : (names.get(one.line) ?? one.line) }));
}
