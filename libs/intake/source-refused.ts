import { DomainError } from '../core/domain-error';

/** What is wrong with a file as a whole: none of it is to be taken. */
export class SourceRefused extends DomainError {
  constructor(code: string, zh: string, en: string) {
    super(code, { zh, en }, { field: 'file' });
  }
}

/** A failure of the disk, as what a user can act on; anything else as it is. */
export function asRefusal(error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  return new SourceRefused(
    'file_not_readable',
    `文件无法读取（${code}）。请确认它是一个文件，没有被其他程序占用，然后再试。`,
    `The file cannot be read (${code}). See that it is a file that no other program holds, and try again.`,
  );
}
