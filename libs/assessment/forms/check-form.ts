import { INDICATORS } from '../../catalogue/indicators';
import { label } from '../../catalogue/label';
import { METRICS } from '../../catalogue/metrics';
import { DomainError } from '../../core/domain-error';
import { ContentReader } from '../content-reader';
import type { BudgetRow, BudgetTable, Column, FormDefinition, FormLine, KeyTask, LineSource } from '../forms';
import { readTarget } from '../line-target';

const WHAT = label('表式', 'form');
const LINE_COLUMNS = ['halfTarget', 'target', 'actual', 'source', 'weight', 'score', 'deviation', 'cause'] as const;
const BUDGET_COLUMNS = ['initial', 'adjustment', 'adjusted', 'executed', 'weight', 'rate', 'score'] as const;
const METRIC_KEYS = METRICS.map(({ key }) => key);
const INDICATOR_KEYS = INDICATORS.map(({ key }) => key);

/**
 * A form's definition from outside. Whether its weights are those of a rule pack is for `checkAgreement`.
 * @throws {ContentRefused} naming the field and what is wrong
 */
export function checkForm(content: unknown): FormDefinition {
  const reader = new ContentReader(WHAT, content);
  const read = reader.fields(
    ...(['code', 'version', 'since', 'title', 'scope', 'pack', 'tiers', 'columns', 'budget', 'keyTasks'] as const),
    ...(['goal', 'lines', 'targetsFrom', 'assumptions'] as const),
  );
  const tiers = read.tiers.items(1, 6).map((each) => each.text());
  const budget = read.budget.orNull(budgetOf);
  const lines = unique(read.lines, 300, (each) => lineOf(each, tiers.length - 1, budget));
  const codes = new Set(lines.map(({ code }) => code));
  return {
    code: read.code.code(),
    version: read.version.whole(1, 1_000_000),
    since: read.since.year(),
    title: read.title.label(),
    scope: read.scope.oneOf(['unit', 'project']),
    pack: read.pack.code(),
    tiers,
    columns: columnsOf(read.columns, LINE_COLUMNS),
    budget,
    keyTasks: unique(read.keyTasks, 50, (each) => taskOf(each, codes), 0),
    goal: read.goal.orNull((goal) => wordsOf(goal, codes)),
    lines,
    targetsFrom: read.targetsFrom.label(),
    assumptions: read.assumptions.labels(),
  };
}

function columnsOf<const Key extends string>(reader: ContentReader, keys: readonly Key[]): Column<Key>[] {
  const columns = reader.items(1, keys.length).map((each) => {
    const { key, heading } = each.fields('key', 'heading');
    return { key: key.oneOf(keys), heading: heading.text() };
  });
  if (new Set(columns.map(({ key }) => key)).size !== columns.length) {
    reader.refuse('有重复的列。', 'hold a column twice.');
  }
  return columns;
}

function unique<Read extends { readonly code: string }>(
  reader: ContentReader,
  atMost: number,
  read: (each: ContentReader) => Read,
  atLeast = 1,
): Read[] {
  const codes = new Set<string>();
  return reader.items(atLeast, atMost).map((each) => {
    const one = read(each);
    if (codes.has(one.code)) each.refuse(`的编码 ${one.code} 重复。`, `has the code ${one.code} a second time.`);
    codes.add(one.code);
    return one;
  });
}

function budgetOf(reader: ContentReader): BudgetTable {
  const read = reader.fields('title', 'tier', 'weight', 'basis', 'columns', 'rows', 'ownRows');
  const above = new Set<string>();
  const rows = unique(read.rows, 50, (each): BudgetRow => {
    const row = each.fields('code', 'group', 'name', 'partOf');
    const partOf = row.partOf.orNull((code) => code.code());
    if (partOf !== null && !above.has(partOf))
      row.partOf.refuse('应为上面某一行的编码。', 'must be the code of a row above.');
    const code = row.code.code();
    above.add(code);
    return { code, group: row.group.orNull((group) => group.text()), name: row.name.text(), partOf };
  });
  const ownRows = read.ownRows.orNull((code) => code.oneOf(rows.map((row) => row.code)));
  const [tier, weight] = [read.tier.orNull((one) => one.text()), read.weight.orNull((one) => one.number('0', '100'))];
  if ((tier === null) !== (weight === null)) {
    read.weight.refuse('与 tier 应同时填写或同时为 null。', 'and tier must both be set, or both be null.');
  }
  return {
    title: read.title.text(),
    tier,
    weight,
    basis: read.basis.oneOf(['adjusted', 'initial']),
    columns: columnsOf(read.columns, BUDGET_COLUMNS),
    rows: rows as [BudgetRow, ...BudgetRow[]],
    ownRows,
  };
}

function lineOf(reader: ContentReader, depth: number, budget: BudgetTable | null): FormLine {
  const read = reader.fields('code', 'path', 'name', 'target', 'halfTarget?', 'weight', 'source', 'paper?');
  const halfTarget = read.halfTarget.optional((half) => half.text());
  const paper = read.paper.optional((one) => one.text());
  const line: FormLine = {
    code: read.code.code(),
    path: read.path.items(depth, depth).map((each) => each.orEmpty()),
    name: read.name.text(),
    target: read.target.text(),
    ...(halfTarget !== undefined && { halfTarget }),
    weight: read.weight.orNull((one) => one.number('0', '100')),
    source: sourceOf(read.source, budget),
    ...(paper !== undefined && { paper }),
  };
  readable(read.target, line, line.target);
  if (halfTarget !== undefined) readable(read.halfTarget, line, halfTarget);
  return line;
}

function readable(reader: ContentReader, line: FormLine, text: string): void {
  try {
    readTarget(line, text);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    reader.refuse(`有误：${error.sentence.zh}`, `is wrong: ${error.sentence.en}`);
  }
}

function sourceOf(reader: ContentReader, budget: BudgetTable | null): LineSource {
  const { kind: told } = reader.fields('kind', 'key?', 'unit?', 'grows?', 'rate?', 'row?', 'from?');
  const kind = told.oneOf(['metric', 'indicator', 'budget', 'reported']);
  if (kind === 'reported') return { kind, from: reader.fields('kind', 'from').from.text() };
  if (kind === 'indicator') return { kind, key: figureKey(reader.fields('kind', 'key').key, INDICATOR_KEYS) };
  if (kind === 'metric') {
    const read = reader.fields('kind', 'key', 'unit?', 'grows?');
    const unit = read.unit.optional((one) => one.text());
    const grows = read.grows.optional((one) => one.text());
    const key = figureKey(read.key, METRIC_KEYS);
    return { kind, key, ...(unit !== undefined && { unit }), ...(grows !== undefined && { grows }) };
  }
  const { rate, row } = reader.fields('kind', 'rate', 'row');
  if (!budget) reader.refuse('引用了预算表，而表式没有预算表。', 'names the budget table, and the form has none.');
  return {
    kind,
    rate: rate.oneOf(['execution', 'adjustment']),
    row: row.oneOf(budget.rows.map(({ code }) => code)),
  };
}

function figureKey<Key extends string>(reader: ContentReader, keys: readonly Key[]): Key {
  const text = reader.text();
  return (
    keys.find((key) => key === text) ??
    reader.refuse(`“${text}”不在指标目录中。`, `"${text}" is not in the catalogue of figures.`)
  );
}

function taskOf(reader: ContentReader, codes: ReadonlySet<string>): KeyTask {
  const read = reader.fields('code', 'duty', 'task', 'completion');
  return {
    code: read.code.code(),
    duty: read.duty.text(),
    task: read.task.text(),
    completion: read.completion.orNull((words) => wordsOf(words, codes)),
  };
}

/** Words in which `{code}` stands for a line, `{registry.enrolled}` for a figure. */
function wordsOf(reader: ContentReader, codes: ReadonlySet<string>): string {
  const text = reader.text();
  const figures: readonly string[] = [...METRIC_KEYS, ...INDICATOR_KEYS];
  for (const [, name = ''] of text.matchAll(/\{([\w.-]+)\}/g)) {
    if (!codes.has(name) && !figures.includes(name)) {
      reader.refuse(
        `中的 {${name}} 不是表中的行，也不在指标目录中。`,
        `names {${name}}, which is no line and no figure.`,
      );
    }
  }
  return text;
}
