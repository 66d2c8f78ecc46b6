import { decimal, plain, round, type DecimalString } from '../core/decimal';
import { DomainError, type Sentence } from '../core/domain-error';
import { deviatesBeyond, deviation, targetMet } from './deviation';
import { figureOf, type Figure, type Meanings } from './figure';
import type { FilledLine, FilledState, FilledValue, LineCitation, ReportedValue } from './filled-form';
import type { FormLine } from './forms';
import type { QualitativeLevel, RulePack } from './rule-packs';
import { overAchieved, scoreLabel, scoreNumber } from './scoring';
import { parseTarget, printTarget, type LineTarget } from '../core/target-text';

export class ReportedValueNotReadable extends DomainError {
  constructor(line: FormLine, text: string) {
    super(
      'reported_value_not_readable',
      {
        zh: `“${line.name}”的完成值“${text}”应为不带单位的数值，如 95 或 99.5。`,
        en: `The actual "${text}" of "${line.name}" must be a number without its unit, such as 95 or 99.5.`,
      },
      { field: line.code },
    );
  }
}

const NO_ENTRIES: Sentence = {
  zh: '台账中没有这一项的记录；确无发生的，请做零报告。',
  en: 'The ledger has no entry for it; if nothing happened, log a nil return.',
};
const NOT_APPLICABLE: Sentence = {
  zh: '分母为 0，不适用，不计分。',
  en: 'The denominator is 0: not applicable, no score.',
};
const NOT_TYPED_IN: Sentence = { zh: '完成值未填。', en: 'The actual has not been entered.' };

interface Actual {
  readonly state: FilledState;
  readonly text: string | null;
  readonly numerator: DecimalString | null;
  readonly denominator: DecimalString | null;
  readonly source: LineCitation;
  /** Why there is no actual. */
  readonly without: Sentence | null;
}

/** One line from its figure or its typed value; `target` stands in for the form's own where the registry has set one. */
export function fillLine(
  line: FormLine,
  pack: RulePack,
  given: { value?: FilledValue; reported?: ReportedValue; target?: LineTarget; meanings?: Meanings },
): FilledLine {
  const target = given.target ?? parseTarget(line.target);
  const actual =
    line.source.kind === 'reported'
      ? reportedActual(line, line.source.from, target, given.reported)
      : ledgerActual(figureOf(line.source.key, given.meanings), given.value);
  const { text } = actual;
  const met = text === null ? null : targetMet(target, text);
  const printed = text === null ? null : deviation(target, text);
  const scored =
    text === null ? { score: null, note: actual.without } : scoreOf(line, target, text, pack, given.reported);
  return {
    code: line.code,
    path: line.path,
    name: line.name,
    target: printTarget(target),
    operator: target.kind === 'label' ? 'label' : target.operator,
    unit: target.kind === 'label' ? '' : target.unit,
    state: actual.state,
    actual: text,
    numerator: actual.numerator,
    denominator: actual.denominator,
    source: actual.source,
    deviation: printed,
    targetMet: met,
    overAchieved: text !== null && overAchieved(target, text, pack),
    causeRequired: causeRequired(met, printed, target, pack, given.reported),
    cause: null,
    weight: line.weight,
    ...scored,
  };
}

/** The form line is the edge at which a figure is rounded, once (R16). */
function ledgerActual(figure: Figure, found: FilledValue | undefined): Actual {
  const state = found?.state ?? 'missing';
  const value = found?.value ?? null;
  const known = (state === 'value' || state === 'zero') && value !== null;
  return {
    state,
    text: !known ? null : figure.decimals === null ? plain(value) : round(decimal(value), figure.decimals),
    numerator: found?.numerator ?? null,
    denominator: found?.denominator ?? null,
    source: {
      kind: figure.kind,
      key: figure.key,
      label: figure.label.zh,
      formula: figure.formula,
      parts: figure.parts,
      version: found?.version ?? figure.version,
      position: found?.position ?? null,
      computedAt: found?.computedAt ?? null,
    },
    without: known ? null : state === 'not_applicable' ? NOT_APPLICABLE : NO_ENTRIES,
  };
}

function reportedActual(line: FormLine, from: string, target: LineTarget, reported: ReportedValue | undefined): Actual {
  const text = reported?.actual ?? null;
  if (text !== null && target.kind === 'number' && !/^-?\d+(\.\d+)?$/.test(text)) {
    throw new ReportedValueNotReadable(line, text);
  }
  const zero = text !== null && target.kind === 'number' && decimal(text).isZero();
  return {
    state: text === null ? 'missing' : zero ? 'zero' : 'value',
    text,
    numerator: null,
    denominator: null,
    source: {
      kind: 'reported',
      key: null,
      label: from,
      formula: `据${from}填报`,
      parts: null,
      version: null,
      position: null,
      computedAt: null,
    },
    without: text === null ? NOT_TYPED_IN : null,
  };
}

function scoreOf(line: FormLine, target: LineTarget, actual: string, pack: RulePack, reported?: ReportedValue) {
  if (target.kind === 'number') return { score: scoreNumber(target, actual, line.weight, pack), note: null };
  const level = levelOf(target, reported);
  if (level === null || reported?.score === undefined) return { score: null, note: bandNote(level, pack) };
  return { score: scoreLabel(level, reported.score, line.weight, pack), note: null };
}

function levelOf(target: LineTarget & { kind: 'label' }, reported?: ReportedValue): QualitativeLevel | null {
  return reported?.level ?? (reported?.actual === target.label ? 'reached' : null);
}

function bandNote(level: QualitativeLevel | null, pack: RulePack): Sentence {
  const band = pack.bands.find((each) => each.level === level);
  if (!band) return { zh: '定性指标的等次未评定。', en: 'The level reached has not been chosen.' };
  return {
    zh: `得分未评定，应在分值的 ${band.to}%–${band.from}% 之间。`,
    en: `The score has not been chosen; it lies between ${band.to}% and ${band.from}% of the weight.`,
  };
}

function causeRequired(
  met: boolean | null,
  printed: string | null,
  target: LineTarget,
  pack: RulePack,
  reported?: ReportedValue,
): Sentence | null {
  if (met === false) return { zh: '未完成年度指标值', en: 'the target is missed' };
  if (met && target.kind === 'label' && levelOf(target, reported) !== 'reached') {
    return { zh: '定性指标未完全达成', en: 'the worded target is not fully reached' };
  }
  if (!deviatesBeyond(printed, pack.causeBeyond)) return null;
  return { zh: `偏差超过 ±${pack.causeBeyond}%`, en: `the deviation is beyond ±${pack.causeBeyond}%` };
}
