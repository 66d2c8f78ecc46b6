import { decimal, isDecimal, plain, round, type DecimalString } from '../core/decimal';
import { DomainError, type Sentence } from '../core/domain-error';
import { figureOf, type Meanings } from './figure';
import type { FilledBudgetRow, FilledState, FilledValue, LineCitation } from './filled-form';
import type { BudgetRate, FormLine } from './forms';
import { isWorded } from './line-target';
import type { QualitativeLevel, RulePack } from './rule-packs';
import type { LineTarget } from '../core/target-text';

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
  zh: '台账中没有这一项的记录：请补登（确无发生的做零报告），或在本行填报。',
  en: 'The ledger has no entry for it: log it (a nil return if nothing happened), or type the value on this line.',
};
const NOT_APPLICABLE: Sentence = {
  zh: '分母为 0，不适用，不计分。',
  en: 'The denominator is 0: not applicable, no score.',
};
const NOT_TYPED_IN: Sentence = { zh: '完成值未填。', en: 'The actual has not been entered.' };
const NOTHING_BEFORE: Sentence = {
  zh: '没有上年末的数值，不能判断是否增加。',
  en: 'There is no value of the year before to compare with.',
};

/** What the ledger, the budget table or the named paper says of a line. */
export interface LineActual {
  readonly state: FilledState;
  readonly text: string | null;
  /** Of a line that is judged in words: how far it is reached, in per cent of the weight. */
  readonly reached: DecimalString | null;
  readonly numerator: DecimalString | null;
  readonly denominator: DecimalString | null;
  readonly source: LineCitation;
  readonly evidence: readonly string[];
  /** Why there is no actual. */
  readonly without: Sentence | null;
}

export interface ActualGiven {
  readonly value?: FilledValue;
  readonly before?: FilledValue;
  readonly meanings?: Meanings;
  readonly budget: readonly FilledBudgetRow[];
  readonly target: LineTarget;
  readonly pack: RulePack;
}

const NOWHERE = { version: null, position: null, computedAt: null, seal: null, document: null } as const;

export function actualOf(line: FormLine, given: ActualGiven): LineActual {
  const { source } = line;
  if (source.kind === 'reported') return notTyped(source.from);
  if (source.kind === 'budget') return budgetActual(source.rate, source.row, given.budget, given.meanings);
  return ledgerActual(line, given);
}

/** The citation of a value that a person typed, from the paper that is named. */
export function typedSource(from: string): LineCitation {
  return { kind: 'reported', key: null, label: from, formula: `据${from}填报`, parts: null, ...NOWHERE };
}

function notTyped(from: string): LineActual {
  return {
    state: 'missing',
    text: null,
    reached: null,
    numerator: null,
    denominator: null,
    source: typedSource(from),
    evidence: [],
    without: NOT_TYPED_IN,
  };
}

interface BudgetParts {
  readonly label: string;
  readonly above: DecimalString | null;
  readonly below: DecimalString | null;
  readonly names: { readonly numerator: string; readonly denominator: string };
  readonly version: number | null;
}

/** The adjustment rate is the catalogue's, of the same budget: one name has one meaning wherever it is reckoned. */
function partsOf(
  rate: BudgetRate,
  { initial, adjusted, executed, basis }: FilledBudgetRow,
  meanings?: Meanings,
): BudgetParts {
  if (rate === 'execution') {
    const names = { numerator: '执行数', denominator: basis.denominatorName };
    return { label: '预算执行率', above: executed, below: basis.denominator, names, version: null };
  }
  const { label, parts, below, version } = figureOf('common.budget_adjustment_rate', meanings);
  const known = adjusted !== null && initial !== null;
  return {
    label: label.zh,
    above: known ? decimal(adjusted).minus(decimal(initial)).toFixed() : null,
    below: below === 'finance.adjusted_budget' ? adjusted : initial,
    names: parts!,
    version,
  };
}

/** A rate of the budget table, as it stands in a line. */
export function budgetActual(
  rate: BudgetRate,
  code: string,
  rows: readonly FilledBudgetRow[],
  meanings?: Meanings,
): LineActual {
  const row = rows.find((each) => each.code === code);
  if (!row) throw new Error(`the form has no budget row ${code}`);
  const { label, above, below: denominator, names, version } = partsOf(rate, row, meanings);
  const known = above !== null && denominator !== null && !decimal(denominator).isZero();
  const text = known ? round(decimal(above).div(decimal(denominator)).times(100), 2) : null;
  const zero = text !== null && decimal(text).isZero();
  const state = denominator !== null && !known && above !== null ? 'not_applicable' : 'missing';
  return {
    state: text === null ? state : zero ? 'zero' : 'value',
    text,
    reached: null,
    numerator: above,
    denominator,
    source: {
      kind: 'budget',
      key: null,
      label: `${row.name}${label}`,
      formula: `${names.numerator} ÷ ${names.denominator} × 100（${row.name}）`,
      parts: names,
      ...NOWHERE,
      version,
    },
    evidence: [],
    without: text !== null ? null : state === 'not_applicable' ? NOT_APPLICABLE : NOT_TYPED_IN,
  };
}

/** The form line is the edge at which a figure is rounded, once (R16). */
function ledgerActual(line: FormLine, given: ActualGiven): LineActual {
  if (line.source.kind !== 'metric' && line.source.kind !== 'indicator') throw new Error(`${line.code} has no figure`);
  const { value: found } = given;
  const figure = figureOf(line.source.key, given.meanings);
  const state = found?.state ?? 'missing';
  const value = known(found);
  const printed =
    value === null ? null : figure.decimals === null ? plain(value) : round(decimal(value), figure.decimals);
  const grows = line.source.kind === 'metric' ? line.source.grows : undefined;
  const before = known(given.before);
  const worded = isWorded(line);
  const said =
    printed === null
      ? null
      : grows !== undefined
        ? grown(grows, printed, before)
        : worded
          ? wordOf(printed, given)
          : printed;
  const nothing =
    grows !== undefined && printed !== null ? NOTHING_BEFORE : state === 'not_applicable' ? NOT_APPLICABLE : NO_ENTRIES;
  return {
    state: said === null && printed !== null ? 'missing' : worded && said !== null ? 'value' : state,
    text: said,
    reached: worded && grows === undefined ? printed : null,
    numerator: grows === undefined ? (found?.numerator ?? null) : printed,
    denominator: grows === undefined ? (found?.denominator ?? null) : before,
    source: {
      kind: figure.kind,
      key: figure.key,
      label: figure.label.zh,
      formula: grows === undefined ? figure.formula : `期末与上年末相比：${figure.formula}`,
      parts: grows === undefined ? figure.parts : { numerator: '期末', denominator: '上年末' },
      version: found?.version ?? figure.version,
      position: found?.position ?? null,
      computedAt: found?.computedAt ?? null,
      seal: found?.seal ?? null,
      document: found?.documents?.source ?? null,
    },
    evidence: found?.documents?.evidence ?? [],
    without: said === null ? nothing : null,
  };
}

function known(found: FilledValue | undefined): DecimalString | null {
  if (found === undefined || (found.state !== 'value' && found.state !== 'zero')) return null;
  return found.value;
}

function grown(word: string, now: DecimalString, before: DecimalString | null): string | null {
  if (before === null) return null;
  return decimal(now).gt(decimal(before)) ? word : `未${word}`;
}

/** The conclusion in the ledger's words; where nobody wrote one, what the per cent stands for. */
function wordOf(percent: DecimalString, { value, target, pack }: ActualGiven): string {
  const written = value?.conclusion?.trim();
  if (written) return written;
  const band = bandAt(percent, pack);
  return band.level === 'reached' && target.kind === 'label' ? target.label : band.label.zh;
}

function bandAt(percent: DecimalString, { bands }: RulePack): RulePack['bands'][number] {
  return bands.find(({ to }) => decimal(percent).gte(decimal(to))) ?? bands.at(-1)!;
}

export function levelAt(percent: DecimalString, pack: RulePack): QualitativeLevel {
  return bandAt(percent, pack).level;
}

/** @throws {ReportedValueNotReadable} where a number is asked for and the text is none. */
export function readTyped(line: FormLine, text: string, target: LineTarget): string {
  if (target.kind === 'number' && !isDecimal(text)) throw new ReportedValueNotReadable(line, text);
  return text;
}
