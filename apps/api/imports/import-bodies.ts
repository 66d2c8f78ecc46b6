import { DomainError } from '../../../libs/core/domain-error';
import { fieldsCalled, plainName } from '../../../libs/intake/column-names';
import type { ImportMode } from '../../../libs/intake/import-record';
import type { RememberedMapping } from '../../../libs/intake/mapping';

export function readMode(mode: string | undefined): ImportMode {
  if (mode === undefined || mode === 'good_rows') return 'good_rows';
  if (mode === 'all_or_nothing') return mode;
  throw notReadable('mode', '应是 good_rows 或 all_or_nothing', 'must be good_rows or all_or_nothing');
}

export function readKeepGaps(keepGaps: string | undefined): boolean {
  if (keepGaps === undefined || keepGaps === 'false') return false;
  if (keepGaps === 'true') return true;
  throw notReadable('keepGaps', '应是 true 或 false', 'must be true or false');
}

export function readReason(reason: unknown): string | undefined {
  if (reason === undefined || typeof reason === 'string') return reason;
  throw notReadable('reason', '应是文字', 'must be text');
}

export function readDuplicate(duplicate: unknown): boolean | undefined {
  if (duplicate === undefined || typeof duplicate === 'boolean') return duplicate;
  throw notReadable('duplicate', '应是 true 或 false', 'must be true or false');
}

/** Column names to fields of an entry, or to null for a column that is not imported. */
export function readMapping(columns: unknown): RememberedMapping {
  if (typeof columns !== 'object' || columns === null || Array.isArray(columns)) {
    throw notReadable('columns', '应是列名到项的对照', 'must be an object of column names and fields');
  }
  return Object.fromEntries(
    Object.entries(columns).map(([name, called]: [string, unknown]) => {
      if (plainName(name) === '') {
        throw notReadable('columns', `里的列名“${name}”没有字母、汉字或数字`, `: "${name}" has no letter or digit`);
      }
      if (called === null) return [plainName(name), null];
      const [field] = typeof called === 'string' ? fieldsCalled(called) : [];
      if (field !== undefined) return [plainName(name), field];
      throw notReadable('columns', `里“${name}”对应的项不存在`, `: there is no such field for "${name}"`);
    }),
  );
}

function notReadable(field: string, zh: string, en: string): DomainError {
  return new DomainError('field_not_readable', { zh: `“${field}”${zh}。`, en: `"${field}" ${en}.` }, { field });
}
