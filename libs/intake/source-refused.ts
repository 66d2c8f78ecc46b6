import { DomainError } from '../core/domain-error';

/** What is wrong with a file as a whole: none of it is to be taken. */
export class SourceRefused extends DomainError {
  constructor(code: string, zh: string, en: string) {
    super(code, { zh, en }, { field: 'file' });
  }
}
