import type { AttributeDefinition, KindDefinition } from '../catalogue/kind-definition';
import { choiceName } from './choice-name';
import { fieldName, type ColumnField } from './column-names';
import { compulsoryFields } from './mapping';

/** A column of a template. */
export interface TemplateColumn {
  readonly field: ColumnField;
  readonly name: string;
  readonly required: boolean;
  /** How to fill it in. */
  readonly how: string;
  readonly example: string;
  readonly format: string;
  /** In widths of a digit. */
  readonly width: number;
}

const TEXT = '@';
const DATE = 'yyyy-mm-dd';
const CODES = { donor: 'D-000123', case: 'C-000123', sample: 'S-000123' } as const;

/**
 * The columns of a kind's template, in the order in which people fill them in.
 *
 * @param firstDay of the registry, `YYYY-MM-DD`: what it opened with is dated so
 */
export function templateColumns(kind: KindDefinition, exampleOrg: string, firstDay: string): TemplateColumn[] {
  const required = compulsoryFields(kind);
  const column = (field: ColumnField, how: string, example: string, format = TEXT, width = 16): TemplateColumn => ({
    field,
    name: fieldName(field).zh,
    required: required.includes(field),
    how,
    example,
    format,
    width,
  });
  const columns = [
    kind.opening
      ? column('occurredOn', `只能写台账的第一天：${firstDay}。`, firstDay, DATE, 13)
      : column('occurredOn', '事情发生的那一天，如 2024-05-31。不能晚于今天。', '2024-05-31', DATE, 13),
    column('org', '从下拉列表中选择机构。', exampleOrg, TEXT, 20),
  ];
  for (const subject of ['donor', 'case', 'sample'] as const) {
    if (!kind.subjects[subject]) continue;
    columns.push(
      column(
        `${subject}Code`,
        '字母、数字、点、横线，最长 40 位；不要写姓名、身份证号或手机号。',
        CODES[subject],
        TEXT,
        18,
      ),
    );
  }
  if (kind.outcomes) columns.push(column('outcome', '从下拉列表中选择。', kind.outcomes[0]!.label.zh, TEXT, 20));
  if (kind.reasons || kind.outcomes?.some(({ reasons }) => reasons)) {
    columns.push(column('reason', '先选结果，再从下拉列表中选择原因；不需要原因的结果此格留空。', '', TEXT, 20));
  }
  if (kind.tally || kind.reported) columns.push(column('quantity', quantityHow(kind), '1', quantityFormat(kind), 10));
  for (const attribute of kind.attributes ?? []) columns.push(attributeColumn(attribute, column));
  columns.push(
    column('note', '可不填，最长 1000 字；不要写身份证号或手机号。', '', TEXT, 28),
    column('justification', '只在补录已结账月份的事情时填写理由。', '', TEXT, 24),
  );
  return columns;
}

function attributeColumn(
  { code, label, type, choices, required }: AttributeDefinition,
  column: (field: ColumnField, how: string, example: string, format?: string, width?: number) => TemplateColumn,
): TemplateColumn {
  const how = {
    date: '一个日期，如 2024-05-31，不晚于登记的日期。',
    year: '台账开始以前的一年，如 2015。',
    integer: '整数，从 1 开始。',
    choice: '从下拉列表中选择。',
    code: '字母、数字、点、横线，最长 40 位。',
    text: '可以写文字；不要写身份证号或手机号。',
    evidence: '先上传佐证文件，填上传后得到的编号，如 E-BKTR-MWQZ-HPLD；没有文件就留空。',
  }[type];
  const example = {
    date: '2024-05-30',
    year: '2015',
    integer: '1',
    choice: choices?.[0] ? choiceName(choices[0]) : '',
    code: 'X-0001',
    text: '',
    evidence: '',
  }[type];
  const sometimes = Array.isArray(required) ? '只有部分结果需要填写，见下。' : '';
  const format = type === 'date' ? DATE : type === 'integer' || type === 'year' ? '0' : TEXT;
  return { ...column(`attributes.${code}`, how + sometimes, example, format), name: label.zh };
}

function quantityHow({ unit, step, reported, atMost, opening, subjects }: KindDefinition): string {
  if (reported) return `数值（${unit}），必填${atMost ? `，不超过 ${atMost}` : ''}。`;
  const steps = step === undefined ? '整数' : step === '0.5' ? '可以有半个，如 1.5' : '最多两位小数';
  const none = opening ? '没有写 0。' : '当天没有发生写 0。';
  const coded = Object.keys(subjects).length > 0 ? '写了编号时只能是 1。' : '';
  return `${steps}（${unit}），不填按 1 计；${none}${coded}`;
}

function quantityFormat({ step, reported }: KindDefinition): string {
  return step === '0.5' ? '0.0' : step === '0.01' || reported ? '0.##' : '0';
}
