import type { FilledBudgetRow, FilledForm, FilledLine } from '../assessment/filled-form';
import { stageTitle } from '../assessment/stage-title';
import type { OpenedAssessment } from '../self-assessment/read-assessment';
import { attachmentsOf } from './attachments';
import { narrative } from './narrative';

/** An assessment for programs, as `ASSESSMENT_SCHEMA` describes it: the same assessment gives the same text. */
export function assessmentJson({ address, record, filled }: OpenedAssessment): object {
  const { form, period, org, project, revision } = address;
  const { pack, stage, goal, total, totalWeight, scoredWeight, complete, incompleteBecause, declared } = filled;
  return {
    feed: 'assessment',
    ...{ org, form, period, project, revision },
    state: record.state,
    frozenAt: record.steps.findLast(({ to }) => to === 'frozen')?.at.toISOString() ?? null,
    stage,
    title: stageTitle(filled.form.title, stage),
    formVersion: filled.form.version,
    pack: { code: pack.code, version: pack.version, label: pack.label },
    seals: record.seals.map((seal) => ({ period: seal.period, number: seal.number, hash: seal.hash })),
    budget: filled.budget.map(budgetOf),
    tasks: filled.tasks.map(({ code, duty, task, completion, typed }) => ({ code, duty, task, completion, typed })),
    goal: goal && { expected: goal.expected, achieved: goal.achieved },
    lines: filled.lines.map(lineOf),
    score: {
      ...{ total, totalWeight, scoredWeight, complete, incompleteBecause },
      grade: filled.grade && { code: filled.grade.code, label: filled.grade.label },
      declared: declared && { total: declared.total, differs: declared.differs },
    },
    warnings: filled.warnings,
    assumptions: filled.assumptions,
    narrative: narrative(filled),
    attachments: attachmentsOf(filled),
  };
}

function budgetOf(row: FilledBudgetRow): object {
  const { code, group, name, partOf, own, initial, adjustment, adjusted, executed } = row;
  const { state, rate, weight, score, cause, causeRequired, warnings } = row;
  return {
    ...{ code, group, name, partOf, own, initial, adjustment, adjusted, executed },
    ...{ state, rate, weight, score, cause, causeRequired, warnings },
  };
}

function lineOf(line: FilledLine): object {
  const { code, path, name, target, halfTarget, fullTarget, operator, unit, state, actual, computed } = line;
  const { typed, reason, numerator, denominator, deviation, targetMet, overAchieved, cause, causeRequired, evidence } =
    line;
  const { weight, score, note, seal, forecast, warnings } = line;
  return {
    ...{ code, path, name, target, halfTarget, fullTarget, operator, unit, state, actual, computed },
    typed: typed && { actual: typed.actual, difference: typed.difference, reason },
    reason,
    ...{ numerator, denominator, source: sourceOf(line.source), seal, evidence },
    ...{ deviation, targetMet, overAchieved, cause, causeRequired, weight, score, note, forecast, warnings },
  };
}

function sourceOf({ kind, key, label, formula, version, position, document }: FilledForm['lines'][number]['source']) {
  return { kind, key, label, formula, version, position, document };
}
