import { DomainError, type Sentence } from '../core/domain-error';

const SENTENCES = {
  backup_not_found: {
    zh: '找不到备份文件，请核对路径。',
    en: 'There is no such backup file; look at its path.',
  },
  backup_not_one: {
    zh: '这个文件不是髓缘台账的备份。',
    en: 'This file is no backup of Marrow Ledger.',
  },
  backup_key_wrong: {
    zh: '密钥不对，打不开这份备份。请用 MARROW_BACKUP_KEY_FILE 指定备份时所用的密钥文件。',
    en: 'This is not the key that the backup was made with. Name that key file in MARROW_BACKUP_KEY_FILE.',
  },
  backup_cut: {
    zh: '备份文件不完整，末尾缺失。请换用另一份备份。',
    en: 'The backup file is cut off. Use another backup.',
  },
  backup_damaged: {
    zh: '备份文件已损坏或被改动。请换用另一份备份。',
    en: 'The backup file is damaged or was altered. Use another backup.',
  },
  backup_newer: {
    zh: '这份备份由更新的程序版本制作。请先升级程序，再恢复。',
    en: 'This backup was made by a newer version. Bring the program up to date first.',
  },
  restore_not_empty: {
    zh: '要恢复到的数据库不是空的。恢复不会覆盖任何内容：请用 DATA_DIR 指定新文件夹，或用 DATABASE_URL 指定新建的空数据库。',
    en: 'The database to restore into is not empty, and a restore overwrites nothing. Set DATA_DIR to a new folder, or DATABASE_URL to a new, empty database.',
  },
  restore_structure_differs: {
    zh: '要恢复到的数据库虽为空，结构却比备份新或旧。请用 DATA_DIR 指定新文件夹，或用 DATABASE_URL 指定新建的空数据库。',
    en: 'The database to restore into is empty, but its structure is not that of the backup. Set DATA_DIR to a new folder, or DATABASE_URL to a new, empty database.',
  },
  restore_differs: {
    zh: '恢复后的内容与备份不一致，已全部撤回。请换用另一份备份，并把这句话告诉维护人员。',
    en: 'What was restored is not what the backup holds, and was taken back. Use another backup, and tell whoever maintains the program.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

/** A backup that cannot be read, or not be restored here. */
export class BackupRefused extends DomainError {
  constructor(code: keyof typeof SENTENCES, details: Readonly<Record<string, unknown>> = {}) {
    super(code, SENTENCES[code], details);
  }
}
