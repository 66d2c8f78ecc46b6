import type { DataSource, EntityManager } from 'typeorm';
import type { FilledForm } from '../assessment/filled-form';
import { FORMS } from '../assessment/forms/shipped-forms';
import { stageTitle } from '../assessment/stage-title';
import { findPack } from '../assessment/packs/shipped-packs';
import type { Label } from '../catalogue/label';
import { parsePeriod } from '../core/period';
import { findPlace, type AssessmentPlace } from './address';
import { findAssessments, type AssessmentRow } from './assessments.queries';
import { dueIn, type Due } from '../assessment/due';
import { findRules } from './find-rules';
import { fillFrom } from './read-assessment';
import { readFormFigures } from './form-figures';
import type { AssessmentState } from './record';
import { findComments, findStep, findSteps } from './steps.queries';
import { findMakers, findTyped } from './typed.queries';

export interface AssessmentProgress {
  readonly lines: number;
  /** Those that have an actual, or to which none applies. */
  readonly filled: number;
  /** How many have neither an actual nor a cause. */
  readonly actualsDue: number;
  /** How many other causes must be written that are not. */
  readonly causesDue: number;
  /** How many typed actuals lack the reason why they stand beside a computed one. */
  readonly reasonsDue: number;
  readonly openComments: number;
}

export interface ListedAssessment extends Omit<AssessmentPlace, 'registryId'> {
  readonly title: Label;
  readonly revision: number;
  readonly state: AssessmentState;
  readonly version: number;
  readonly pack: string;
  readonly makers: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Who took the last step, and when. */
  readonly lastStep: { readonly actor: string; readonly at: Date } | null;
  readonly progress: AssessmentProgress;
}

export interface ListedForm {
  readonly code: string;
  readonly title: Label;
  readonly scope: 'unit' | 'project';
  readonly pack: string;
  /** Of its own rules, by which forms of nearly one title are told apart. */
  readonly packLabel: Label | null;
}

export interface AssessmentList {
  /** The latest revision of each that somebody has begun. */
  readonly assessments: readonly ListedAssessment[];
  /** The forms that the year can be assessed with. */
  readonly forms: readonly ListedForm[];
}

/**
 * The self-assessments of a year and of its first half, with how far they are.
 *
 * @param orgs whose; null: everybody's
 * @throws {DomainError} when it is no year
 */
export async function listAssessments(
  source: DataSource,
  {
    registryId,
    year,
    orgs,
  }: { readonly registryId: number; readonly year: string; readonly orgs: readonly string[] | null },
): Promise<AssessmentList> {
  const { code } = parsePeriod(year);
  return source.transaction('REPEATABLE READ', async (manager) => {
    const rows = await findAssessments(manager, registryId, { periods: [code, `${code}-H1`], orgs });
    const figuresAt = figuresOnce(manager);
    const assessments: ListedAssessment[] = [];
    for (const row of rows) assessments.push(await listed(manager, row, await formOf(manager, row, figuresAt)));
    const forms = FORMS.filter(({ since }) => since <= code.slice(0, 4));
    return {
      assessments,
      forms: forms.map(({ code: form, title, scope, pack }) => {
        return { code: form, title, scope, pack, packLabel: findPack(pack)?.label ?? null };
      }),
    };
  });
}

export interface LinesDue {
  /** How many lines and rows of the budget lack an actual, a cause or a reason. */
  readonly lines: number;
  readonly assessments: readonly (Omit<AssessmentPlace, 'registryId'> & {
    readonly title: Label;
    readonly revision: number;
    readonly due: readonly Due[];
  })[];
}

/** What must yet be written in the drafts of a year: for whoever sits at the work. */
export async function countLinesDue(
  source: DataSource,
  registryId: number,
  year: string,
  orgs: readonly string[] | null = null,
): Promise<LinesDue> {
  return source.transaction('REPEATABLE READ', async (manager) => {
    const rows = await findAssessments(manager, registryId, { periods: [year, `${year}-H1`], orgs });
    const figuresAt = figuresOnce(manager);
    const assessments: LinesDue['assessments'][number][] = [];
    for (const row of rows.filter(({ state }) => state === 'draft')) {
      const filled = await formOf(manager, row, figuresAt);
      const { org, form, period, project, revision } = row;
      const due = dueIn(filled);
      const title = stageTitle(filled.form.title, filled.stage);
      if (due.length > 0) assessments.push({ org, form, period, project, revision, title, due });
    }
    return { lines: assessments.reduce((sum, { due }) => sum + due.length, 0), assessments };
  });
}

type FiguresAt = (row: AssessmentRow) => ReturnType<typeof readFormFigures>;

/** Projects of one form are filled from the same figures. */
function figuresOnce(manager: EntityManager): FiguresAt {
  const known = new Map<string, ReturnType<typeof readFormFigures>>();
  return async (row) => {
    const place = `${row.org} ${row.form} ${row.period}`;
    const figures = known.get(place) ?? readFormFigures(manager, await findPlace(manager, row));
    known.set(place, figures);
    return figures;
  };
}

/** What is frozen stands with its step; the others are filled as they are now, without what is forecast. */
async function formOf(manager: EntityManager, row: AssessmentRow, figuresAt: FiguresAt): Promise<FilledForm> {
  const frozen = row.state === 'frozen' ? await findStep(manager, row, null) : undefined;
  if (frozen) return frozen.filled;
  const { rules } = await findRules(manager, row.registryId, row.pack, row.packVersion);
  return fillFrom(await findPlace(manager, row), rules, await findTyped(manager, row), await figuresAt(row));
}

async function listed(manager: EntityManager, row: AssessmentRow, filled: FilledForm): Promise<ListedAssessment> {
  const { org, form, period, project, revision, state, version, pack, createdBy, createdAt } = row;
  const last = (await findSteps(manager, row)).at(-1);
  const due = dueIn(filled);
  const count = (what: Due['what']): number => due.filter((one) => one.what === what).length;
  return {
    ...{ org, form, period, project, revision, state, version, pack, createdBy, createdAt },
    title: stageTitle(filled.form.title, filled.stage),
    makers: [...new Set((await findMakers(manager, row)).map(({ name }) => name))],
    lastStep: last ? { actor: last.actor, at: last.at } : null,
    progress: {
      lines: filled.lines.length,
      filled: filled.lines.filter((line) => line.actual !== null || line.state === 'not_applicable').length,
      actualsDue: count('actual'),
      causesDue: count('cause'),
      reasonsDue: count('reason'),
      openComments: (await findComments(manager, row)).filter(({ resolvedAt }) => resolvedAt === null).length,
    },
  };
}
