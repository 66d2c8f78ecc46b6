import type { FilledForm, FilledLine } from '../assessment/filled-form';

/** Where a number of the report is from, so that it can be opened. */
export interface NumberCitation {
  /** Code of the line, `budget:<row>`, or `total`. */
  readonly line: string;
  /** The figure that the number is, or is a part of; null for what is typed, and for targets, scores and deviations. */
  readonly key: string | null;
  readonly part?: 'numerator' | 'denominator';
  readonly org: string | null;
  readonly period: string | null;
}

/** Some words, or a number with its unit and what it is from. */
export interface Run {
  readonly text: string;
  readonly cite?: NumberCitation;
}

/** What the parts of a report are about; where they stand is said by the template. */
export const REPORT_PARTS = [
  ...(['overview', 'budget', 'general', 'fund', 'capital', 'insurance', 'management', 'quality'] as const),
  ...(['output', 'benefit', 'satisfaction', 'tasks', 'result', 'problems', 'measures'] as const),
] as const;
export type ReportPart = (typeof REPORT_PARTS)[number];

export interface Paragraph {
  readonly part: ReportPart;
  readonly runs: readonly Run[];
}

/** Words and numbers in a row; text is taken for a run without a number. */
export type Words = readonly (string | Run)[];

export function paragraph(part: ReportPart, words: Words): Paragraph {
  const runs: Run[] = [];
  for (const word of words) {
    const run = typeof word === 'string' ? { text: word } : word;
    const last = runs.at(-1);
    if (last && !last.cite && !run.cite) runs[runs.length - 1] = { text: last.text + run.text };
    else if (run.text !== '') runs.push(run);
  }
  return { part, runs };
}

/** Some forms print a full stop behind a name. */
export function spokenName({ name }: { readonly name: string }): string {
  return name.replace(/[。；]$/, '');
}

/** With a mark between some words and the next. */
export function joined(parts: readonly Words[], mark: string): Words {
  return parts.flatMap((words, at) => (at === 0 ? words : [mark, ...words]));
}

/** Cites for one form. */
export class Cites {
  constructor(private readonly form: FilledForm) {}

  /** What the line's figure says, or a part of it. */
  figure(line: FilledLine, text: string, part?: 'numerator' | 'denominator'): Run {
    // A typed actual is not the figure that stands beside it.
    const key = line.typed && part === undefined ? null : line.source.key;
    return this.cite(text, { line: line.code, key, ...(part && { part }) });
  }

  /** What belongs to the line and is no figure of the ledger: target, deviation, score. */
  ofLine(line: FilledLine, text: string): Run {
    return this.cite(text, { line: line.code, key: null });
  }

  budget(row: string, text: string): Run {
    return this.cite(text, { line: `budget:${row}`, key: null });
  }

  total(text: string): Run {
    return this.cite(text, { line: 'total', key: null });
  }

  private cite(text: string, cite: Pick<NumberCitation, 'line' | 'key' | 'part'>): Run {
    const { org, period } = this.form;
    return { text, cite: { ...cite, org, period } };
  }
}
