import type { FilledBudgetRow, FilledForm, FilledLine } from './filled-form';
import type { Sentence } from '../core/domain-error';
import { printQuantity } from '../core/target-text';

export type DifferenceKind =
  | 'line'
  | 'actual'
  | 'computed'
  | 'reason'
  | 'source'
  | 'definition'
  | 'evidence'
  | 'target'
  | 'cause'
  | 'score'
  | 'name'
  | 'initial'
  | 'adjustment'
  | 'adjusted'
  | 'executed'
  | 'completion'
  | 'total'
  | 'declared'
  | 'grade'
  | 'pack';

/** One thing that is not as it was. */
export interface LineDifference {
  /** A line's code, `budget:<row>`, `task:<code>`, or `total`. */
  readonly place: string;
  readonly name: string;
  readonly what: DifferenceKind;
  /** As printed; null where there is nothing. */
  readonly before: string | null;
  readonly after: string | null;
  readonly sentence: Sentence;
}

const WORDS: Readonly<Record<DifferenceKind, Sentence>> = {
  line: { zh: '这一行', en: 'line' },
  actual: { zh: '完成值', en: 'actual' },
  computed: { zh: '台账计算值', en: "ledger's value" },
  reason: { zh: '理由', en: 'reason' },
  source: { zh: '完成值来源', en: 'source' },
  definition: { zh: '口径', en: 'definition' },
  evidence: { zh: '佐证文件', en: 'evidence' },
  target: { zh: '指标值', en: 'target' },
  cause: { zh: '原因分析', en: 'cause' },
  score: { zh: '得分', en: 'score' },
  name: { zh: '名称', en: 'name' },
  initial: { zh: '年初预算', en: 'initial budget' },
  adjustment: { zh: '追加追减', en: 'adjustment' },
  adjusted: { zh: '调整后预算', en: 'adjusted budget' },
  executed: { zh: '执行数', en: 'executed' },
  completion: { zh: '完成情况', en: 'completion' },
  total: { zh: '总分', en: 'total' },
  declared: { zh: '申报总分', en: 'declared total' },
  grade: { zh: '等级', en: 'grade' },
  pack: { zh: '评分规则', en: 'rules' },
};

/** A place of a form with what is looked at there. */
interface Item {
  readonly place: string;
  readonly name: string;
  readonly told: readonly (readonly [DifferenceKind, string | null])[];
}

/** What is not as it was, from one form to another of the same address: line by line, in the form's order. */
export function compareFilled(before: FilledForm, after: FilledForm): LineDifference[] {
  const stood = new Map(itemsOf(before).map((item) => [item.place, item]));
  const stands = itemsOf(after);
  const known = new Set(stands.map(({ place }) => place));
  const gone = [...stood.values()].filter(({ place }) => !known.has(place));
  return [
    ...stands.flatMap((item) => compareItems(stood.get(item.place), item)),
    ...gone.map(({ place, name }) => difference({ place, name }, 'line', name, null)),
  ];
}

function compareItems(before: Item | undefined, after: Item): LineDifference[] {
  if (!before) return [difference(after, 'line', null, after.name)];
  const was = new Map(before.told);
  return after.told.flatMap(([what, text]) => {
    const earlier = was.get(what) ?? null;
    return earlier === text ? [] : [difference(after, what, earlier, text)];
  });
}

/** What is looked at on a form: what is not told here may change without the form being another. */
export function itemsOf(form: FilledForm): Item[] {
  return [
    ...form.budget.map(ofBudget),
    ...form.tasks.map(({ code, task, completion }): Item => {
      return { place: `task:${code}`, name: task, told: [['completion', completion]] };
    }),
    ...form.lines.map(ofLine),
    {
      place: 'total',
      name: '总分',
      told: [
        ['total', form.total],
        ['declared', form.declared?.total ?? null],
        ['grade', form.grade?.label ?? null],
        ['pack', `${form.pack.label.zh} v${form.pack.version}`],
      ],
    },
  ];
}

function ofBudget({ code, name, initial, adjustment, adjusted, executed, score, cause }: FilledBudgetRow): Item {
  const told: Item['told'] = [
    ['name', name],
    ['initial', initial],
    ['adjustment', adjustment],
    ['adjusted', adjusted],
    ['executed', executed],
    ['score', score],
    ['cause', cause],
  ];
  return { place: `budget:${code}`, name, told };
}

function ofLine(line: FilledLine): Item {
  const { code, name, actual, unit, target, score, cause, state, computed, reason, source, evidence } = line;
  const printed = actual === null ? (state === 'not_applicable' ? '不适用' : null) : printQuantity(actual, unit);
  const told: Item['told'] = [
    ['target', target === '' ? null : target],
    ['actual', printed],
    // Beside a typed actual the ledger's own may move.
    ['computed', computed === null ? null : printQuantity(computed, unit)],
    ['reason', reason],
    ['source', source.document],
    ['definition', source.version === null ? null : `v${source.version}`],
    ['evidence', evidence.length === 0 ? null : evidence.join('、')],
    ['score', score],
    ['cause', cause],
  ];
  return { place: code, name, told };
}

function difference(
  { place, name }: Pick<Item, 'place' | 'name'>,
  what: DifferenceKind,
  before: string | null,
  after: string | null,
): LineDifference {
  const { zh, en } = WORDS[what];
  const sentence =
    what === 'line'
      ? {
          zh: `“${name}”${after === null ? '已不在表上' : '是新增的一行'}。`,
          en: `"${name}" is ${after === null ? 'gone' : 'new'}.`,
        }
      : {
          zh: `“${name}”的${zh}由 ${before ?? '（无）'} 变为 ${after ?? '（无）'}。`,
          en: `The ${en} of "${name}" went from ${before ?? '(none)'} to ${after ?? '(none)'}.`,
        };
  return { place, name, what, before, after, sentence };
}
