import type { FilledForm } from './filled-form';

/** A line, or a row of the budget, that lacks something which must be written. */
export interface Due {
  /** A line's code, or `budget:<row>`. */
  readonly place: string;
  readonly name: string;
  /** `actual`: there is neither an actual nor a cause. */
  readonly what: 'cause' | 'reason' | 'actual';
}

/** What must be written before the form can be reviewed. */
export function dueIn({ lines, budget }: FilledForm): Due[] {
  return [
    ...budget.flatMap(({ code, name, rate, causeRequired, cause }): Due[] =>
      causeRequired && isBlank(cause) ? [{ place: `budget:${code}`, name, what: lacks(rate) }] : [],
    ),
    ...lines.flatMap(({ code, name, actual, causeRequired, cause, reasonRequired }): Due[] => [
      ...(causeRequired && isBlank(cause) ? [{ place: code, name, what: lacks(actual) }] : []),
      ...(reasonRequired ? [{ place: code, name, what: 'reason' as const }] : []),
    ]),
  ];
}

function lacks(figure: string | null): 'cause' | 'actual' {
  return figure === null ? 'actual' : 'cause';
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}
