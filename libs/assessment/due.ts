import type { FilledForm } from './filled-form';

/** A line, or a row of the budget, that lacks something which must be written. */
export interface Due {
  /** A line's code, or `budget:<row>`. */
  readonly place: string;
  readonly name: string;
  readonly what: 'cause' | 'reason';
}

/** What must be written before the form can be reviewed. */
export function dueIn({ lines, budget }: FilledForm): Due[] {
  return [
    ...budget.flatMap(({ code, name, causeRequired, cause }): Due[] =>
      causeRequired && isBlank(cause) ? [{ place: `budget:${code}`, name, what: 'cause' }] : [],
    ),
    ...lines.flatMap(({ code, name, causeRequired, cause, reasonRequired }): Due[] => [
      ...(causeRequired && isBlank(cause) ? [{ place: code, name, what: 'cause' } as const] : []),
      ...(reasonRequired ? [{ place: code, name, what: 'reason' } as const] : []),
    ]),
  ];
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}
