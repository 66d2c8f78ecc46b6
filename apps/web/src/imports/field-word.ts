import type { Words } from '../language';
import type { TextKey } from '../texts';
import type { View } from '../view';

const NAMES: Readonly<Record<string, TextKey>> = {
  id: 'importField_id',
  kind: 'kind',
  org: 'org',
  occurredOn: 'occurredOn',
  donorCode: 'code_donor',
  caseCode: 'code_case',
  sampleCode: 'code_sample',
  outcome: 'outcome',
  reason: 'reason',
  quantity: 'quantity',
  note: 'note',
  justification: 'justification',
};

const ATTRIBUTE = 'attributes.';

/** What the page calls a field of an entry, or `attributes.<code>`. */
export function fieldWord(field: string, { kinds }: View, { t, label }: Words): string {
  const name = NAMES[field];
  if (name) return t(name);
  const code = field.slice(ATTRIBUTE.length);
  const attribute = [...kinds.values()].flatMap((kind) => kind.attributes ?? []).find((one) => one.code === code);
  return attribute ? label(attribute.label) : field;
}

/** The fields that a column may hold, of one kind or of any. */
export function fieldsOf(kind: string | null, { kinds }: View): string[] {
  const those = kind === null ? [...kinds.values()] : [kinds.get(kind)].filter((one) => one !== undefined);
  const codes = new Set(those.flatMap((one) => (one.attributes ?? []).map(({ code }) => `${ATTRIBUTE}${code}`)));
  return [...Object.keys(NAMES), ...codes];
}
