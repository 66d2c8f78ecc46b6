import { DomainError, type Sentence } from '../core/domain-error';
import type { ImportRecord, KeptProblem } from './import-record';

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

/** The name of a file is kept with its source, in the audit log and in the reasons of its reversals (R25). */
export function numberInName(): ImportRefused {
  return new ImportRefused(
    'personal_number',
    '文件名中有身份证号或手机号，不能保存，请改文件名后再上传。',
    'The name of the file holds an ID number or a mobile number, which may not be kept; rename the file first.',
    { field: 'file' },
  );
}

const STATE_ZH: Readonly<Record<ImportRecord['state'], string>> = {
  received: '正在读取',
  mapping: '等待指定列',
  staged: '等待确认',
  accepted: '已确认',
  posting: '正在写入',
  stopped: '等待答复',
  done: '已完成',
  cancelled: '已取消',
  refused: '未通过',
};

export function notNow({ state }: ImportRecord): ImportRefused {
  return new ImportRefused(
    'import_not_in_state',
    `这份导入现在是“${STATE_ZH[state]}”状态，不能这样做。`,
    `This import is ${state}; that cannot be done now.`,
    { state },
  );
}

export function reasonMissing(): ImportRefused {
  return new ImportRefused('reason_missing', '必须写明理由。', 'A reason is needed.', { field: 'reason' });
}

export function correctionUnjustified(): ImportRefused {
  return new ImportRefused(
    'justification_missing',
    '这份文件会更正或冲销已有的登记，必须写明理由。',
    'This file corrects entries, or takes them back; say why.',
    { field: 'reason' },
  );
}

/** @param sentence where it went in before */
export function fileImportedBefore({ zh, en }: Sentence): ImportRefused {
  return new ImportRefused(
    'file_imported_before',
    `${zh}确实要再登记一遍，请明确确认（duplicate: true，命令行加 --again）。`,
    `${en} If they are to be logged twice, say so (duplicate: true; --again on the command line).`,
    { field: 'duplicate' },
  );
}

export function sourceStopped({ fileName }: Pick<ImportRecord, 'fileName'>): ImportRefused {
  return new ImportRefused(
    'source_stopped',
    `同一来源的另一份文件“${fileName}”停下等待答复，请先答复或取消它。`,
    `Another file of the same source, "${fileName}", has stopped and waits for an answer: give it, or cancel that import.`,
  );
}
