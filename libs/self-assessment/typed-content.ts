import { isDecimal, plain, type DecimalString } from '../core/decimal';
import { DomainError } from '../core/domain-error';
import { checkFreeText } from '../ledger/entry-fields';
import type { BudgetFigures, TypedLine } from '../assessment/filled-form';

const LONGEST = {
  actual: 200,
  target: 100,
  name: 100,
  source: 500,
  reason: 1000,
  cause: 2000,
  completion: 2000,
} as const;
const EVIDENCE_AT_MOST = 50;
const LEVELS = ['reached', 'partly', 'not_reached'] as const;
const AMOUNTS = ['initial', 'adjustment', 'adjusted', 'executed'] as const;

export const LINE_FIELDS = [
  ...['actual', 'level', 'score', 'reason', 'source', 'cause', 'target', 'halfTarget', 'evidence'],
] as const;
export const BUDGET_FIELDS = ['name', ...AMOUNTS, 'cause'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** What is typed for a line, checked; what is empty is left out. @throws {DomainError} naming the field */
export function readTypedLine(fields: Fields): TypedLine {
  const level = text(fields, 'level', 20);
  if (level !== undefined && !isLevel(level)) {
    throw wrong('level', `等次应是 ${LEVELS.join('、')} 之一。`, `The level is one of ${LEVELS.join(', ')}.`);
  }
  return withoutNothing({
    actual: text(fields, 'actual', LONGEST.actual),
    level,
    score: amount(fields, 'score'),
    reason: text(fields, 'reason', LONGEST.reason),
    source: text(fields, 'source', LONGEST.source),
    cause: text(fields, 'cause', LONGEST.cause),
    target: text(fields, 'target', LONGEST.target),
    halfTarget: text(fields, 'halfTarget', LONGEST.target),
    evidence: evidence(fields.evidence),
  });
}

/** A row of the budget, in 万元. @throws {DomainError} naming the field */
export function readBudgetFigures(fields: Fields): BudgetFigures {
  return withoutNothing({
    name: text(fields, 'name', LONGEST.name),
    initial: amount(fields, 'initial'),
    adjustment: amount(fields, 'adjustment'),
    adjusted: amount(fields, 'adjusted'),
    executed: amount(fields, 'executed'),
    cause: text(fields, 'cause', LONGEST.cause),
  });
}

/** How a task was completed; nothing when it is to be told from the figures. @throws {DomainError} */
export function readCompletion(fields: Fields): { readonly completion?: string } {
  return withoutNothing({ completion: text(fields, 'completion', LONGEST.completion) });
}

/** The total that the office declares. @throws {DomainError} */
export function readDeclaredTotal(fields: Fields): { readonly total?: DecimalString } {
  return withoutNothing({ total: amount(fields, 'total') });
}

function isLevel(level: string): level is (typeof LEVELS)[number] {
  return (LEVELS as readonly string[]).includes(level);
}

function text(fields: Fields, field: string, longest: number): string | undefined {
  const given = fields[field];
  if (given === undefined || given === null) return undefined;
  if (typeof given !== 'string') throw wrong(field, `${field} 应为文字。`, `${field} must be text.`);
  return checkFreeText(given.trim() || null, field, longest) ?? undefined;
}

function amount(fields: Fields, field: string): DecimalString | undefined {
  const given = text(fields, field, 40)?.replaceAll(',', '');
  if (given === undefined) return undefined;
  if (isDecimal(given)) return plain(given);
  throw wrong(field, `“${given}”不是数字，应写作 130.5。`, `"${given}" is no number; write 130.5.`);
}

function evidence(given: unknown): readonly string[] | undefined {
  if (given === undefined || given === null) return undefined;
  const codes: unknown[] = Array.isArray(given) ? given : [given];
  if (codes.length > EVIDENCE_AT_MOST || !codes.every((code) => typeof code === 'string' && code.length <= 100)) {
    throw wrong(
      'evidence',
      `佐证应是至多 ${EVIDENCE_AT_MOST} 个文件编号。`,
      `The evidence is a list of at most ${EVIDENCE_AT_MOST} codes of files.`,
    );
  }
  return codes.length === 0 ? undefined : [...new Set(codes as string[])];
}

function withoutNothing<Content extends object>(content: Content): Content {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined)) as Content;
}

function wrong(field: string, zh: string, en: string): DomainError {
  return new DomainError('field_not_readable', { zh, en }, { field });
}
