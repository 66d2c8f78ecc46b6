import { DomainError } from '../../libs/core/domain-error';

/** The columns of a file, by their name in the API or in Chinese. */
const COLUMNS = new Map([
  ['编号', 'id'],
  ['种类', 'kind'],
  ['机构', 'org'],
  ['日期', 'occurredOn'],
  ['捐献者编号', 'donorCode'],
  ['请求编号', 'caseCode'],
  ['血样编号', 'sampleCode'],
  ['结果', 'outcome'],
  ['原因', 'reason'],
  ['数量', 'quantity'],
  ['备注', 'note'],
  ['理由', 'justification'],
]);
const FIELDS = new Set(COLUMNS.values());

/** @throws {DomainError} when a column is unknown, or stands there twice */
export function readHead(head: readonly string[]): string[] {
  const columns = head.map((name) => COLUMNS.get(name.trim()) ?? name.trim());
  const unknown = columns.filter((name) => !FIELDS.has(name));
  if (unknown.length > 0) {
    throw new DomainError('column_unknown', {
      zh: `第 1 行：没有名为“${unknown.join('”“')}”的列。可用的列：${[...COLUMNS.keys()].join('、')}。`,
      en: `Row 1: there is no column "${unknown.join('", "')}". Columns: ${[...FIELDS].join(', ')}.`,
    });
  }
  const twice = head.find((_, index) => columns.indexOf(columns[index] ?? '') < index);
  if (twice !== undefined) {
    throw new DomainError('column_twice', {
      zh: `第 1 行：“${twice}”列出现了两次。`,
      en: `Row 1: the column "${twice}" stands there twice.`,
    });
  }
  return columns;
}
