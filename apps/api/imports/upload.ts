import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '../../../libs/core/domain-error';
import { makeScratchFolder } from '../../../libs/core/scratch-folder';
import { FILE_BYTES_AT_MOST } from '../../../libs/intake/open-source';

/** What an uploaded form may hold beside its file. */
const IMPORT_FIELDS = ['kind', 'name', 'org', 'mode', 'keepGaps', 'reason'] as const;
const FIELD_BYTES = 4 * 1024;

type Field = (typeof IMPORT_FIELDS)[number] | 'version';

export interface UploadLimits {
  /** Of the file. */
  readonly bytes: number;
  readonly fields: readonly Field[];
  readonly tooLarge: () => DomainError;
}

export interface Upload {
  /** Where the file lies until `work` has ended. */
  readonly path: string;
  readonly fileName: string;
  readonly fields: { readonly [field in Field]?: string };
}

/**
 * Takes an uploaded form to disk, hands it to `work`, and removes it.
 *
 * @throws {DomainError} when it is no form, or a broken one, has no file, is too large, or has an unknown field
 */
export async function withUpload<Result>(
  request: FastifyRequest,
  work: (upload: Upload) => Promise<Result>,
  limits: UploadLimits = IMPORTED,
): Promise<Result> {
  if (!request.isMultipart()) throw refused('upload_missing', UPLOAD_MISSING);
  const folder = await makeScratchFolder('upload');
  try {
    const upload = await receive(request, join(folder, 'file'), limits).catch((error: unknown) => {
      throw isOfForm(error) ? refused('form_not_readable', FORM_NOT_READABLE) : error;
    });
    return await work(upload);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function receive(
  request: FastifyRequest,
  path: string,
  { bytes, fields: known, tooLarge }: UploadLimits,
): Promise<Upload> {
  const limits = { fileSize: bytes, files: 1, fields: known.length, fieldSize: FIELD_BYTES };
  const fields: Record<string, string> = {};
  let fileName: string | undefined;
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') {
      await pipeline(part.file, createWriteStream(path));
      if (isCut(part)) throw tooLarge();
      fileName = basename(part.filename).slice(0, 200) || 'file';
    } else if ((known as readonly string[]).includes(part.fieldname) && typeof part.value === 'string') {
      if (part.value.trim() !== '') fields[part.fieldname] = part.value.trim();
    } else {
      throw new DomainError(
        'field_unknown',
        { zh: `没有名为“${part.fieldname}”的字段。`, en: `There is no field "${part.fieldname}".` },
        { field: part.fieldname },
      );
    }
  }
  if (fileName === undefined) throw refused('upload_missing', UPLOAD_MISSING);
  return { path, fileName, fields };
}

/** What cannot be written here has a number; what is one too many is said by the filter of problems. */
function isOfForm(error: unknown): boolean {
  const { errno, statusCode } = error as { errno?: unknown; statusCode?: unknown };
  return !(error instanceof DomainError) && errno === undefined && statusCode !== 413;
}

function isCut({ file }: MultipartFile): boolean {
  return file.truncated;
}

const UPLOAD_MISSING = {
  zh: '请以表单（multipart/form-data）上传一个文件。',
  en: 'Upload one file as a form (multipart/form-data).',
};

const FORM_NOT_READABLE = {
  zh: '表单不完整，请重新上传。',
  en: 'The form is not complete. Upload it again.',
};

const FILE_TOO_LARGE = {
  zh: '文件超过 200 MiB，请拆成几份上传。',
  en: 'The file is larger than 200 MiB; split it.',
};

const IMPORTED: UploadLimits = {
  bytes: FILE_BYTES_AT_MOST,
  fields: IMPORT_FIELDS,
  tooLarge: () => refused('file_too_large', FILE_TOO_LARGE),
};

function refused(code: string, sentence: { readonly zh: string; readonly en: string }): DomainError {
  return new DomainError(code, sentence, { field: 'file' });
}
