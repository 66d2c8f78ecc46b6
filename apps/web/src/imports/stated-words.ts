import { kindName, orgName, outcomeName, reasonName } from '../entries/entry-words';
import { group } from '../figures/format';
import type { Words } from '../language';
import type { View } from '../view';
import { fieldWord } from './field-word';

export interface StatedField {
  readonly field: string;
  readonly name: string;
  readonly text: string;
}

const ORDER = ['occurredOn', 'kind', 'org', 'caseCode', 'donorCode', 'sampleCode', 'outcome', 'reason', 'quantity'];

/** What a row says, field by field, in the words of the page; what could be read of it, where it is wrong. */
export function sayStated(stated: Readonly<Record<string, unknown>> | null, view: View, words: Words): StatedField[] {
  if (!stated) return [];
  const text = (field: string) => (typeof stated[field] === 'string' ? stated[field] : '');
  const kind = text('kind');
  const said = (field: string): string => {
    const value = text(field);
    if (value === '') return '';
    if (field === 'kind') return kindName(value, view, words);
    if (field === 'org') return orgName(value, view, words);
    if (field === 'outcome') return outcomeName(kind, value, view, words);
    if (field === 'reason') return reasonName(value, view, words);
    if (field !== 'quantity') return value;
    const unit = view.kinds.get(kind)?.unit;
    return unit === undefined ? group(value) : `${group(value)} ${words.unit(unit, value)}`;
  };
  const attributes = Object.entries((stated['attributes'] as Record<string, unknown> | undefined) ?? {});
  return [
    ...ORDER.map((field) => ({ field, name: fieldWord(field, view, words), text: said(field) })),
    ...attributes.map(([code, value]) => ({
      field: `attributes.${code}`,
      name: fieldWord(`attributes.${code}`, view, words),
      text: String(value),
    })),
    { field: 'note', name: fieldWord('note', view, words), text: text('note') },
  ].filter((one) => one.text !== '');
}
