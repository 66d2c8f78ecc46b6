import type { Sentence } from '../core/domain-error';

/** What a person may be let do. A route names one of these; a role is a set of them. */
export const PERMISSIONS = {
  'account.read': { zh: '查看自己是谁', en: 'read who they are' },
  'account.own': { zh: '管理自己的密码与登录', en: 'keep their own password and sign-in' },
  'tokens.own': { zh: '管理自己的访问令牌', en: 'keep their own access tokens' },
  'subscriptions.own': { zh: '管理自己的通知', en: 'keep their own notices' },
  'catalogue.read': { zh: '查看目录与机构', en: 'read definitions, orgs and status' },
  'figures.read': { zh: '查看数字', en: 'read figures' },
  'entries.read': { zh: '查看登记', en: 'read entries' },
  'entries.write': { zh: '登记与更正', en: 'log and correct entries' },
  'findings.write': { zh: '处理数据质量问题', en: 'see to findings of data quality' },
  'imports.write': { zh: '导入文件', en: 'import files' },
  'months.submit': { zh: '报送月份', en: 'submit a month' },
  'months.close': { zh: '结账与反结账', en: 'close and reopen a month' },
  'assessments.read': { zh: '查看自评', en: 'read assessments' },
  'assessments.write': { zh: '填写自评', en: 'write assessments' },
  'assessments.comment': { zh: '对自评提意见', en: 'comment on assessments' },
  'assessments.review': { zh: '审核、批准与定稿自评', en: 'review, approve and freeze assessments' },
  'audit.read': { zh: '查看审计日志', en: 'read the audit log' },
  'backups.read': { zh: '查看备份与演练', en: 'read backups and their drills' },
  'jobs.read': { zh: '查看后台任务', en: 'read background jobs' },
  'jobs.manage': { zh: '重试与删除失败的任务', en: 'retry and remove failed jobs' },
  'accounts.manage': { zh: '管理账号', en: 'manage accounts' },
  'settings.manage': { zh: '管理设置', en: 'manage settings' },
} as const satisfies Readonly<Record<string, Sentence>>;

export type Permission = keyof typeof PERMISSIONS;

export interface Role {
  readonly code: string;
  readonly label: Sentence;
  readonly permissions: readonly Permission[];
}

const EVERYONE = ['account.read', 'account.own', 'tokens.own', 'subscriptions.own', 'catalogue.read'] as const;
const READER = [...EVERYONE, 'figures.read', 'entries.read', 'assessments.read'] as const;

/** Who logs does not close, and who keeps the accounts sees no figures. */
export const ROLES = [
  {
    code: 'clerk',
    label: { zh: '登记员', en: 'Clerk' },
    permissions: [...READER, 'entries.write', 'imports.write', 'findings.write'],
  },
  {
    code: 'reviewer',
    label: { zh: '审核员', en: 'Reviewer' },
    permissions: [
      ...READER,
      'months.submit',
      'months.close',
      'findings.write',
      'assessments.comment',
      'assessments.review',
    ],
  },
  {
    code: 'officer',
    label: { zh: '绩效专员', en: 'Performance officer' },
    permissions: [...READER, 'assessments.write', 'assessments.comment'],
  },
  {
    code: 'auditor',
    label: { zh: '审计员', en: 'Auditor' },
    permissions: [...READER, 'audit.read', 'backups.read', 'jobs.read'],
  },
  {
    code: 'administrator',
    label: { zh: '管理员', en: 'Administrator' },
    permissions: [...EVERYONE, 'accounts.manage', 'settings.manage', 'backups.read', 'jobs.read', 'jobs.manage'],
  },
] as const satisfies readonly Role[];

export type RoleCode = (typeof ROLES)[number]['code'];

export const ROLE_CODES: readonly RoleCode[] = ROLES.map(({ code }) => code);

const PERMISSIONS_OF = new Map<RoleCode, ReadonlySet<Permission>>(
  ROLES.map(({ code, permissions }) => [code, new Set<Permission>(permissions)]),
);

/** @throws {RangeError} when there is no such role */
export function permissionsOf(role: RoleCode): ReadonlySet<Permission> {
  const permissions = PERMISSIONS_OF.get(role);
  if (!permissions) throw new RangeError(`there is no role ${role}`);
  return permissions;
}

/** The roles that may do this. */
export function rolesWith(permission: Permission): RoleCode[] {
  return ROLE_CODES.filter((role) => permissionsOf(role).has(permission));
}
