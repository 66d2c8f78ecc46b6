import { DomainError, type Sentence } from '../core/domain-error';
import type { KindDefinition } from '../catalogue/kind-definition';
import {
  fieldName,
  fieldsCalled,
  isCountOf,
  isFirstNameOf,
  isOfKinds,
  isPassedOver,
  plainName,
  saysUnit,
  type ColumnField,
} from './column-names';
import { columnLetters } from './source-file';

/** What a column is taken for. */
export interface MappedColumn {
  /** Counted from 0. */
  readonly column: number;
  readonly name: string;
  /** A field of an entry, `attributes.<code>`, or null: not read. */
  readonly field: ColumnField | null;
  /** How it came to that: by what is remembered, also of files of other kinds, by its name, or not at all. */
  readonly by: 'remembered' | 'remembered elsewhere' | 'name' | null;
  /** The fields that its name may stand for. */
  readonly candidates: readonly ColumnField[];
}

/** What the user has to decide before a file is read by a mapping. */
export interface MappingProblem {
  readonly code: 'column_ambiguous' | 'column_twice' | 'column_unknown' | 'column_missing';
  readonly sentence: Sentence;
  readonly field: ColumnField | null;
  /** Counted from 0. */
  readonly columns: readonly number[];
}

export interface Mapping {
  /** The kind of the rows that do not say their own. */
  readonly kind: string | null;
  readonly columns: readonly MappedColumn[];
  readonly problems: readonly MappingProblem[];
}

/** What an office has chosen before: the field of a column by its name in one form (`plainName`); null: not read. */
export type RememberedMapping = Readonly<Record<string, ColumnField | null>>;

/**
 * Takes each column for what is remembered of its name, else for what its name says.
 *
 * @param kind what all rows are of; null when each says its own
 * @param elsewhere what the office has chosen for files of other kinds: for columns whose name says nothing
 */
export function proposeMapping(
  head: readonly string[],
  kind: KindDefinition | null,
  remembered: RememberedMapping = {},
  elsewhere: RememberedMapping = {},
): Mapping {
  const proposed = head.map((name, column) => proposeColumn(name, column, kind, { remembered, elsewhere }));
  const columns = proposed.map((one) => (one.by === 'name' && yields(one, proposed) ? { ...one, field: null } : one));
  return {
    kind: kind?.code ?? null,
    columns,
    problems: [...columns.flatMap(unclear), ...twice(columns), ...missing(columns, kind)],
  };
}

/** What is to be remembered of a mapping that the user has agreed to: every column that has a name. */
export function rememberedMapping(columns: readonly Pick<MappedColumn, 'name' | 'field'>[]): RememberedMapping {
  return Object.fromEntries(
    columns.flatMap(({ name, field }) => (plainName(name) === '' ? [] : [[plainName(name), field] as const])),
  );
}

/** @throws {DomainError} with the first thing that the user has still to decide */
export function requireClear({ problems: [problem] }: Mapping): void {
  if (problem) throw new DomainError(problem.code, problem.sentence, { field: problem.field ?? 'file' });
}

function proposeColumn(
  name: string,
  column: number,
  kind: KindDefinition | null,
  { remembered, elsewhere }: { readonly remembered: RememberedMapping; readonly elsewhere: RememberedMapping },
): MappedColumn {
  const plain = plainName(name);
  const candidates = preferred(name, fieldsCalled(name, kind ? [kind] : undefined), kind);
  if (Object.hasOwn(remembered, plain)) {
    return { column, name, field: remembered[plain] ?? null, by: 'remembered', candidates };
  }
  if (candidates.length === 0) {
    const chosen = Object.hasOwn(elsewhere, plain) ? elsewhere[plain] : undefined;
    const fits = chosen && isOfKinds(chosen, kind ? [kind] : undefined) && !(chosen === 'quantity' && saysUnit(name));
    if (chosen === null || fits) {
      return { column, name, field: chosen, by: 'remembered elsewhere', candidates: chosen === null ? [] : [chosen] };
    }
    if (kind && isCountOf(name, kind)) return { column, name, field: 'quantity', by: 'name', candidates: ['quantity'] };
  }
  const certain = candidates.length === 1 && (kind !== null || !saysUnit(name));
  const field = certain ? candidates[0]! : null;
  return { column, name, field, by: field === null ? null : 'name', candidates };
}

/** A name of one of the kind's attributes goes before other words for a field; where the kind is unknown, after all. */
function preferred(name: string, fields: readonly ColumnField[], kind: KindDefinition | null): readonly ColumnField[] {
  const ofEntry = fields.filter((field) => !field.startsWith('attributes.'));
  if (ofEntry.length === 0 || ofEntry.length === fields.length) return fields;
  const entryFirst = kind === null || ofEntry.some((field) => isFirstNameOf(name, field));
  return entryFirst ? ofEntry : fields.filter((field) => !ofEntry.includes(field));
}

/** A column that is called what we call a field goes before those that are called something like it. */
function yields(one: MappedColumn, columns: readonly MappedColumn[]): boolean {
  const rivals = columns.filter((other) => other !== one && other.field === one.field);
  if (rivals.some(({ by }) => isRemembered(by))) return true;
  return !isFirstNameOf(one.name, one.field!) && rivals.some(({ name, field }) => isFirstNameOf(name, field!));
}

function isRemembered(by: MappedColumn['by']): boolean {
  return by === 'remembered' || by === 'remembered elsewhere';
}

function unclear({ column, name, field, by, candidates }: MappedColumn): MappingProblem[] {
  if (field !== null || isRemembered(by) || plainName(name) === '' || isPassedOver(name)) return [];
  const place = columnLetters(column);
  if (candidates.length > 1) {
    const [zh, en] = [candidates.map((one) => fieldName(one).zh), candidates.map((one) => fieldName(one).en)];
    return [
      {
        code: 'column_ambiguous',
        field: null,
        columns: [column],
        sentence: {
          zh: `${place} 列“${name}”可能是“${zh.join('”或“')}”，请选择。`,
          en: `Column ${place} "${name}" may be ${en.join(' or ')}: choose.`,
        },
      },
    ];
  }
  return [
    {
      code: 'column_unknown',
      field: null,
      columns: [column],
      sentence: {
        zh: `${place} 列“${name}”不知道对应哪一项，请选择，或选“不导入”。`,
        en: `It is not known what column ${place} "${name}" holds: choose, or choose not to import it.`,
      },
    },
  ];
}

function twice(columns: readonly MappedColumn[]): MappingProblem[] {
  const fields = new Set(columns.flatMap(({ field }) => field ?? []));
  return [...fields].flatMap((field) => {
    const same = columns.filter((one) => one.field === field);
    if (same.length < 2) return [];
    const places = same.map(({ column, name }) => `${columnLetters(column)} 列“${name}”`);
    const { zh, en } = fieldName(field);
    return [
      {
        code: 'column_twice' as const,
        field,
        columns: same.map(({ column }) => column),
        sentence: {
          zh: `${places.join('和')}都是“${zh}”，请只留一列。`,
          en: `Columns ${same.map(({ column }) => columnLetters(column)).join(' and ')} are both ${en}: keep one.`,
        },
      },
    ];
  });
}

function missing(columns: readonly MappedColumn[], kind: KindDefinition | null): MappingProblem[] {
  return compulsoryFields(kind)
    .filter((field) => !columns.some((one) => one.field === field))
    .map((field) => {
      const { zh, en } = fieldName(field);
      return {
        code: 'column_missing' as const,
        field,
        columns: [],
        sentence: {
          zh: `缺少“${zh}”列。请在表格中加上这一列，或指出哪一列是它。`,
          en: `There is no column for ${en}. Add it to the table, or say which column it is.`,
        },
      };
    });
}

/** The fields that no row of a kind can be without. */
export function compulsoryFields(kind: KindDefinition | null): ColumnField[] {
  if (!kind) return ['kind', 'org', 'occurredOn'];
  const codes = (['donor', 'case', 'sample'] as const).filter((subject) => kind.subjects[subject] === '!');
  return [
    'org',
    'occurredOn',
    ...codes.map((subject) => `${subject}Code`),
    ...(kind.outcomes ? ['outcome'] : []),
    ...(kind.reasons ? ['reason'] : []),
    ...(kind.reported ? ['quantity'] : []),
    ...(kind.attributes ?? []).filter(({ required }) => required === true).map(({ code }) => `attributes.${code}`),
  ];
}
