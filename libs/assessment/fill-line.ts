import { decimal, isDecimal, plain, round, type DecimalString } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import { numberTarget, printTarget, type LineTarget, type Operator } from '../core/target-text';
import { deviatesBeyond, deviation, targetMet } from './deviation';
import { figureOf, type Meanings } from './figure';
import type { FilledBudgetRow, FilledLine, FilledValue, LineForecast, Stage, TypedLine } from './filled-form';
import type { FormLine } from './forms';
import { actualOf, levelAt, readTyped, typedSource, type LineActual } from './line-actual';
import { readTarget, takesOwnTarget } from './line-target';
import { lineWarnings } from './line-warnings';
import type { QualitativeLevel, RulePack } from './rule-packs';
import { overAchieved, scoreLabel, scoreNumber, ScoreOutsideBand } from './scoring';

export interface OwnTarget {
  readonly operator: Operator;
  readonly value: DecimalString;
}

export interface LineGiven {
  readonly stage: Stage;
  readonly value?: FilledValue;
  readonly before?: FilledValue;
  readonly typed?: TypedLine;
  /** The registry's own targets, in place of the form's. */
  readonly ownTarget?: OwnTarget;
  readonly ownHalfTarget?: OwnTarget;
  readonly meanings?: Meanings;
  readonly forecast?: LineForecast;
  readonly budget: readonly FilledBudgetRow[];
}

/** One line from its figure, its budget row or its typed value. */
export function fillLine(line: FormLine, pack: RulePack, given: LineGiven): FilledLine {
  const { stage, typed = {} } = given;
  const full = chooseTarget(line, typed.target, given.ownTarget, line.target)!;
  const half = chooseTarget(line, typed.halfTarget, given.ownHalfTarget, line.halfTarget);
  const target = stage === 'year' ? full : half;
  const shape = target ?? full;
  const found = actualOf(line, { ...given, target: shape, pack });
  const actual = withTyped(line, found, typed, shape, pack);
  const { text } = actual;
  const held = target !== null && assessed(stage, target) ? target : null;
  const met = held === null || text === null ? null : targetMet(held, text);
  const printed = held === null || text === null ? null : deviation(held, text, pack.deviation);
  const over = held !== null && text !== null && overAchieved(held, text, pack);
  const level = text === null || shape.kind === 'number' ? null : levelOf(shape.label, text, actual, typed, pack);
  const scored = scoreOf(line, held, actual, level, typed, pack, stage);
  return {
    code: line.code,
    path: line.path,
    name: line.name,
    target: target === null ? '' : printTarget(target),
    halfTarget: half && printTarget(half),
    fullTarget: printTarget(full),
    operator: shape.kind === 'label' ? 'label' : shape.operator,
    unit: shape.kind === 'label' ? '' : shape.unit,
    state: actual.state,
    actual: text,
    computed: actual.computed,
    typed: actual.typed,
    reason: actual.reason,
    reasonRequired: actual.reasonRequired,
    numerator: actual.numerator,
    denominator: actual.denominator,
    source: actual.source,
    deviation: printed,
    targetMet: met,
    overAchieved: over,
    causeRequired: lacksActual(actual) && stage === 'year' ? NO_ACTUAL : causeRequired(met, printed, level, pack),
    cause: typed.cause?.trim() || null,
    evidence: [...new Set([...actual.evidence, ...(typed.evidence ?? [])])],
    seal: actual.source.seal,
    forecast: given.forecast ?? null,
    weight: line.weight,
    ...scored,
    warnings: lineWarnings({
      stage,
      target,
      half,
      full,
      typed: actual.typed,
      computed: actual.computed,
      over,
      printed,
      unfilled: stage === 'half' && held !== null && lacksActual(actual) && !typed.cause?.trim(),
    }),
  };
}

function chooseTarget(
  line: FormLine,
  typed: string | undefined,
  own: OwnTarget | undefined,
  printed: string | undefined,
): LineTarget | null {
  if (typed !== undefined) return readTarget(line, typed);
  const { source } = line;
  if (own && takesOwnTarget(line) && 'key' in source) {
    const unit = (source.kind === 'metric' ? source.unit : undefined) ?? figureOf(source.key).unit;
    return numberTarget(own.operator, plain(own.value), unit);
  }
  return printed === undefined ? null : readTarget(line, printed);
}

/** A half-year target of ≥0 says that the line is not assessed in July. */
function assessed(stage: Stage, target: LineTarget): boolean {
  if (stage === 'year' || target.kind === 'label') return true;
  return target.operator !== 'ge' || decimal(target.value).gt(0);
}

type Stood = LineActual & Pick<FilledLine, 'computed' | 'typed' | 'reason' | 'reasonRequired'>;

/** A typed actual stands in place of what was found; beside a computed one it is told with the difference. */
function withTyped(line: FormLine, found: LineActual, typed: TypedLine, target: LineTarget, pack: RulePack): Stood {
  const document = typed.source?.trim() || found.source.document || line.paper || null;
  const source = { ...found.source, document };
  const text = typed.actual?.trim();
  const reason = typed.reason?.trim() || null;
  const rejudged = judgedOtherwise(line, found, typed, pack);
  if (!text && !rejudged) return { ...found, source, computed: null, typed: null, reason: null, reasonRequired: null };
  if (!text) {
    const reasonRequired = reason === null ? REASON_DUE : null;
    return {
      ...found,
      source,
      computed: found.text,
      typed: { actual: found.text!, difference: null },
      reason,
      reasonRequired,
    };
  }
  readTyped(line, text, target);
  const zero = target.kind === 'number' && decimal(text).isZero();
  const stood = { ...found, state: zero ? 'zero' : 'value', text, source, without: null } as const;
  if (line.source.kind === 'reported')
    return { ...stood, computed: null, typed: null, reason: null, reasonRequired: null };
  const both = found.text !== null && isDecimal(found.text) && isDecimal(text);
  const difference = both ? plain(decimal(text).minus(decimal(found.text)).toFixed()) : null;
  const differs =
    found.text === null ? found.state === 'not_applicable' : both ? difference !== '0' : text !== found.text;
  return {
    ...stood,
    // Where the ledger says nothing, nothing of it is cited.
    source: found.text === null ? { ...typedSource(document ?? '本单位填报'), document } : source,
    numerator: null,
    denominator: null,
    reached: null,
    computed: found.text,
    typed: { actual: text, difference },
    reason,
    reasonRequired: (differs || rejudged) && reason === null ? REASON_DUE : null,
  };
}

/** Whether the level or the score of a worded line is picked otherwise than the ledger's per cent has it. */
function judgedOtherwise({ weight }: FormLine, { reached }: LineActual, typed: TypedLine, pack: RulePack): boolean {
  if (reached === null) return false;
  if (typed.level !== undefined && typed.level !== levelAt(reached, pack)) return true;
  if (typed.score === undefined || weight === null) return false;
  return round(decimal(typed.score), 2) !== round(decimal(pointsOf(weight, reached)), 2);
}

const REASON_DUE: Sentence = {
  zh: '填报的完成值、等次或得分与台账算出的不一致，须说明理由',
  en: 'the actual, level or score typed is not what the ledger gives: a reason is due',
};

function levelOf(
  reachedWord: string,
  text: string,
  { reached }: LineActual,
  typed: TypedLine,
  pack: RulePack,
): QualitativeLevel | null {
  if (typed.level) return typed.level;
  if (reached !== null) return levelAt(reached, pack);
  return text === reachedWord ? 'reached' : null;
}

function scoreOf(
  { weight }: FormLine,
  target: LineTarget | null,
  actual: Stood,
  level: QualitativeLevel | null,
  typed: TypedLine,
  pack: RulePack,
  stage: Stage,
): Pick<FilledLine, 'score' | 'note'> {
  const { text, reached } = actual;
  if (text === null) return { score: null, note: actual.without };
  if (weight === null || stage === 'half' || target === null) return { score: null, note: null };
  if (target.kind === 'number') return { score: scoreNumber(target, text, weight, pack), note: null };
  const picked = typed.score ?? (reached === null ? undefined : pointsOf(weight, reached));
  if (level === null || picked === undefined) return { score: null, note: bandNote(level, pack) };
  try {
    return { score: scoreLabel(level, picked, weight, pack), note: null };
  } catch (error) {
    const picks = typed.score !== undefined && (typed.level !== undefined || typed.actual !== undefined);
    // The level or the score is the ledger's, which has moved since the other was picked: the form opens all the same.
    if (!(error instanceof ScoreOutsideBand) || picks) throw error;
    return { score: null, note: bandNote(level, pack) };
  }
}

/** Neither found nor typed. A rate of nothing is told as such, and is no gap. */
function lacksActual({ text, state }: Stood): boolean {
  return text === null && state !== 'not_applicable';
}

const NO_ACTUAL: Sentence = { zh: '没有完成值', en: 'there is no actual' };

function pointsOf(weight: DecimalString, percent: DecimalString): DecimalString {
  return decimal(weight).times(decimal(percent)).div(100).toFixed();
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
  level: QualitativeLevel | null,
  { causeWhen, causeBeyond }: RulePack,
): Sentence | null {
  if (met === false && causeWhen.includes('missed')) return { zh: '未完成年度指标值', en: 'the target is missed' };
  const partly = level !== null && level !== 'reached';
  if (met !== null && partly && causeWhen.includes('not_fully_reached')) {
    return { zh: '定性指标未完全达成', en: 'the worded target is not fully reached' };
  }
  if (!causeWhen.includes('beyond') || !deviatesBeyond(printed, causeBeyond)) return null;
  return { zh: `偏差超过 ±${causeBeyond}%`, en: `the deviation is beyond ±${causeBeyond}%` };
}
