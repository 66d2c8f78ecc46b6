import { DomainError } from './domain-error';

/** Ends the writing of a file whose reader is gone. */
export class NobodyWaits extends DomainError {
  constructor() {
    super('nobody_waits', { zh: '下载已经取消。', en: 'The download was given up.' });
  }
}
