import { DomainError } from '../core/domain-error';
import type { KeptProblem } from './import-record';

/** What cannot be done with an import as it stands. */
export class ImportRefused extends DomainError {
  constructor(code: string, zh: string, en: string, details: { readonly [name: string]: unknown } = {}) {
    super(code, { zh, en }, details);
  }
}

export function importUnknown(importId: string): ImportRefused {
  return new ImportRefused('import_unknown', `没有编号为 ${importId} 的导入。`, `There is no import ${importId}.`);
}

/** A problem as it is kept beside its row. */
export function kept({ code, sentence, details }: DomainError, column: number | null = null): KeptProblem {
  return { code, field: details.field ?? null, column, sentence };
}

export function asDomainError({ code, field, sentence }: KeptProblem): DomainError {
  return new DomainError(code, sentence, field === null ? {} : { field });
}
