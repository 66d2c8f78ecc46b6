import { DomainError } from '../../core/domain-error';
import { SourceRefused } from '../../intake/source-refused';

/** Why a file cannot be checked. */
export class ReportRefused extends DomainError {
  constructor(code: string, zh: string, en: string) {
    super(code, { zh, en }, { field: 'file' });
  }
}

export function withPassword(): ReportRefused {
  return new ReportRefused(
    'report_encrypted',
    '文件设有打开密码，无法体检。请去掉密码（文件 → 信息 → 保护文档）后再上传。',
    'The file is protected by a password. Take the password off (File, Info, Protect) and send it again.',
  );
}

export function pdfWithPassword(): ReportRefused {
  return new ReportRefused(
    'report_encrypted',
    'PDF 设有打开密码，无法体检。请输入密码打开后“打印”为新的 PDF（或由 Word、WPS 原稿不设密码重新导出），再上传。',
    'The PDF is protected by a password. Open it with its password and print it to a new PDF, or export it anew without one.',
  );
}

export function brokenReport(what: string): ReportRefused {
  return new ReportRefused(
    'report_broken',
    `文件已损坏，无法读取（${what}）。请用 Word、WPS 或 Excel 打开后另存，再上传。`,
    `The file is damaged and cannot be read (${what}). Open it and save it anew.`,
  );
}

export function withoutText(): ReportRefused {
  return new ReportRefused(
    'report_without_text',
    '文件里没有文字，可能是扫描件。请先做文字识别（OCR），或上传 Word 原稿。',
    'The file holds no text; it may be a scan. Have its text recognised (OCR), or send the Word file.',
  );
}

export function unpacksTooLarge(): ReportRefused {
  return new ReportRefused(
    'unpacks_too_large',
    '文件解压后过大，不像一份报告，不予读取。',
    'The file unpacks to more than any report holds: it is not read.',
  );
}

/** What the reader of packed files says of a workbook, said of a report. */
export function asReport(error: unknown): unknown {
  if (!(error instanceof SourceRefused)) return error;
  if (error.code === 'workbook_encrypted') return withPassword();
  if (error.code === 'unpacks_too_large') return unpacksTooLarge();
  return error.code === 'workbook_broken' ? brokenReport('zip') : error;
}
