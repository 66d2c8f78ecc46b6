import type { DataSource } from 'typeorm';
import type { Principal } from '../accounts/principal';
import type { FilledForm, FilledLine, TypedLine } from '../assessment/filled-form';
import { readTarget } from '../assessment/line-target';
import type { FormDefinition } from '../assessment/forms';
import { DomainError, type Sentence } from '../core/domain-error';
import { printTarget } from '../core/target-text';
import { findPlace, type AssessmentAddress } from './address';
import { plain, readFormWorkbook, type WorkbookCell, type WorkbookLine } from './form-workbook';
import { openAssessment, type OpenedAssessment } from './read-assessment';
import { typeWithin } from './write-typed';

export type TargetField = 'target' | 'halfTarget';

/** A target that would be set, or is. */
export interface TargetChange {
  readonly code: string;
  readonly name: string;
  readonly what: TargetField;
  /** As printed; null where there is none. */
  readonly before: string | null;
  readonly after: string;
}

/** A cell that cannot be taken, as Excel names it. */
export interface TargetCellProblem {
  readonly row: number;
  readonly column: string | null;
  readonly code: string;
  readonly sentence: Sentence;
}

export interface TargetsSet {
  readonly changes: readonly TargetChange[];
  readonly problems: readonly TargetCellProblem[];
  /** Whether the changes were written: not in a dry run, and not beside a problem. */
  readonly done: boolean;
  readonly version: number;
}

/**
 * Types the targets of the same form of the year before into a draft.
 *
 * @throws {DomainError} when it is no draft, or as `writeTyped` does
 */
export async function copyTargets(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
  { seen, dryRun }: { readonly seen: number; readonly dryRun: boolean },
): Promise<TargetsSet> {
  const year = address.period.slice(0, 4);
  const period = String(Number(year) - 1) + address.period.slice(4);
  const before = await openAssessment(source, { ...address, period, revision: undefined });
  if (before.record.revision === 0) {
    throw new DomainError('assessment_unknown', {
      zh: `${period} 没有这张自评表，没有可以照抄的指标值。`,
      en: `There is no assessment of ${period} by this form to copy targets from.`,
    });
  }
  const opened = await openAssessment(source, { ...address, revision: undefined });
  const told = new Map(before.filled.lines.map((line) => [line.code, line]));
  const typed = new Map(before.record.typed.map(({ place, content }) => [place, content as TypedLine]));
  const targets = opened.filled.lines.flatMap((line) => {
    const last = told.get(line.code);
    if (!last) return [];
    const both = [change(line, 'target', last.fullTarget), change(line, 'halfTarget', last.halfTarget)].flat();
    return both.filter((one) => differs(one) || typed.get(line.code)?.[one.what] !== undefined);
  });
  return apply(source, principal, address, opened, { targets, problems: [] }, { seen, dryRun });
}

/**
 * Types the targets of a workbook in the form's own layout into a draft. All of them are set, or none.
 *
 * @throws {DomainError} when the file cannot be read or holds no line of the form, or as `writeTyped` does
 */
export async function importFormTargets(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
  path: string,
  { seen, dryRun }: { readonly seen: number; readonly dryRun: boolean },
): Promise<TargetsSet> {
  const { form } = await findPlace(source.manager, address);
  const rows = await readFormWorkbook(path, form);
  const opened = await openAssessment(source, { ...address, revision: undefined });
  return apply(source, principal, address, opened, readRows(form, opened.filled, rows), { seen, dryRun });
}

interface Read {
  /** Those that stand already, too: written down they are the office's own, and no longer the form's. */
  readonly targets: readonly TargetChange[];
  readonly problems: readonly TargetCellProblem[];
}

/** A name may stand twice on a form: then its rows are taken in their order. */
function readRows(form: FormDefinition, { lines }: FilledForm, rows: readonly WorkbookLine[]): Read {
  const left = [...lines];
  const targets: TargetChange[] = [];
  const problems: TargetCellProblem[] = [];
  let known = 0;
  for (const row of rows) {
    const at = left.findIndex(({ name }) => plain(name) === plain(row.name));
    const [line] = at < 0 ? [] : left.splice(at, 1);
    if (!line) {
      if (row.target) problems.push(problem(row.row, null, 'line_unknown', lineUnknown(row.name)));
      continue;
    }
    known += 1;
    for (const what of ['target', 'halfTarget'] as const) {
      const cell = row[what];
      if (cell) read(form, line, what, row.row, cell, { targets, problems });
    }
  }
  if (known > 0) return { targets, problems };
  throw new DomainError(
    'file_empty',
    { zh: '文件里没有这张自评表的任何一行。', en: 'The file holds no line of this form.' },
    { field: 'file' },
  );
}

function read(
  form: FormDefinition,
  line: FilledLine,
  what: TargetField,
  row: number,
  { text, column, fault }: WorkbookCell,
  into: { targets: TargetChange[]; problems: TargetCellProblem[] },
): void {
  if (fault) {
    into.problems.push(problem(row, column, 'cell_not_plain', NOT_PLAIN));
    return;
  }
  try {
    const defined = form.lines.find(({ code }) => code === line.code)!;
    into.targets.push(...change(line, what, printTarget(readTarget(defined, text))));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    into.problems.push(problem(row, column, error.code, error.sentence));
  }
}

function change(line: FilledLine, what: TargetField, after: string | null): TargetChange[] {
  const before = what === 'target' ? line.fullTarget : line.halfTarget;
  return after === null ? [] : [{ code: line.code, name: line.name, what, before, after }];
}

function differs({ before, after }: TargetChange): boolean {
  return before !== after;
}

async function apply(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
  { record }: OpenedAssessment,
  { targets, problems }: Read,
  { seen, dryRun }: { readonly seen: number; readonly dryRun: boolean },
): Promise<TargetsSet> {
  const changes = targets.filter(differs);
  if (dryRun || problems.length > 0 || changes.length === 0) {
    return { changes, problems, done: false, version: record.version };
  }
  await source.transaction('READ COMMITTED', (manager) =>
    typeWithin(
      manager,
      principal,
      address,
      (standing) =>
        new Map(
          [...new Set(targets.map(({ code }) => code))].map((code) => {
            const stood = (standing.find(({ place }) => place === code)?.content ?? {}) as TypedLine;
            const set = targets.filter((one) => one.code === code).map(({ what, after }) => [what, after]);
            return [code, { ...stood, ...Object.fromEntries(set) }];
          }),
        ),
      seen,
    ),
  );
  const { record: written } = await openAssessment(source, { ...address, revision: undefined });
  return { changes, problems, done: true, version: written.version };
}

function problem(row: number, column: string | null, code: string, sentence: Sentence): TargetCellProblem {
  return { row, column, code, sentence };
}

const NOT_PLAIN = {
  zh: '这一格是公式或错误值，请改成文字，如 ≥100例。',
  en: 'The cell holds a formula or an error; write text such as ≥100例.',
};

function lineUnknown(name: string): Sentence {
  return { zh: `这张自评表没有“${name}”这一行。`, en: `The form has no line "${name}".` };
}
