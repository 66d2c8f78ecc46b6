import type { ApiBodyOptions } from '@nestjs/swagger';

export const UPLOAD: ApiBodyOptions = {
  schema: {
    type: 'object',
    required: ['file'],
    properties: {
      file: { type: 'string', format: 'binary', description: 'xlsx, CSV (UTF-8, GB18030) or NDJSON, at most 200 MiB' },
      kind: { type: 'string', description: 'What all rows are of; else each says its own' },
      name: { type: 'string', description: 'Of its source; the name of the file unless said' },
      org: { type: 'string', description: 'Whose file it is; your own org unless said' },
      mode: { type: 'string', enum: ['good_rows', 'all_or_nothing'], default: 'good_rows' },
      keepGaps: {
        type: 'string',
        enum: ['true', 'false'],
        default: 'false',
        description: 'Of history, by the registry itself: take rows in whose guard is not met; they become findings',
      },
      reason: { type: 'string', description: 'Why entries are taken back, or come late' },
    },
  },
};

export const ACCEPTANCE: ApiBodyOptions = {
  required: false,
  schema: {
    type: 'object',
    properties: {
      reason: { type: 'string', description: 'Compulsory where entries are corrected or taken back, or come late' },
      duplicate: { type: 'boolean', description: 'The same file went in before as another source; log it twice' },
    },
  },
};

/** How the answers count places in a file. */
export const COUNTED =
  'Rows are numbered as a spreadsheet numbers them, from 1 with the head; columns likewise: 1 is column A. Sheets are counted from 0.';
