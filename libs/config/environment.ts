import 'reflect-metadata';
import { existsSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { plainToInstance, Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min, ValidateBy, validateSync } from 'class-validator';
import { DomainError, type Sentence } from '../core/domain-error';
import { isMailAddress } from '../core/mail-address';

/** This machine alone, unless `HOST` says otherwise. */
export const THIS_MACHINE = '127.0.0.1';

type Variable =
  | 'PORT'
  | 'HOST'
  | 'TRUSTED_PROXY'
  | 'DATA_DIR'
  | 'DATABASE_URL'
  | 'DATABASE_OWNER_URL'
  | 'REDIS_URL'
  | 'MARROW_BACKUP_KEY_FILE'
  | 'PUBLIC_URL'
  | 'OIDC_ISSUER'
  | 'OIDC_CLIENT_ID'
  | 'OIDC_CLIENT_SECRET'
  | 'AUDIT_MONTHS'
  | 'IMPORT_FILE_DAYS'
  | 'SMTP_URL'
  | 'MAIL_FROM';

/** What to say when a variable does not hold. Values are not repeated: they may hold a password. */
const SENTENCES: Readonly<Record<Variable, Sentence>> = {
  PORT: {
    zh: 'PORT 应为 1 到 65535 之间的整数，例如 PORT=3000。',
    en: 'PORT must be a whole number from 1 to 65535, for example PORT=3000.',
  },
  HOST: {
    zh: 'HOST 应为 IP 地址或主机名，例如 HOST=127.0.0.1。',
    en: 'HOST must be an IP address or a host name, for example HOST=127.0.0.1.',
  },
  TRUSTED_PROXY: {
    zh: 'TRUSTED_PROXY 应为反向代理的 IP 地址或网段，用逗号分开，例如 TRUSTED_PROXY=10.0.0.5。',
    en: 'TRUSTED_PROXY must be the IP addresses or networks of the reverse proxies, separated by commas, for example TRUSTED_PROXY=10.0.0.5.',
  },
  DATA_DIR: {
    zh: 'DATA_DIR 应为文件夹路径，现在指向的不是文件夹。',
    en: 'DATA_DIR must be the path of a folder; what it points to is none.',
  },
  DATABASE_URL: {
    zh: 'DATABASE_URL 应形如 postgres://用户:密码@主机:5432/数据库。',
    en: 'DATABASE_URL must look like postgres://user:password@host:5432/database.',
  },
  DATABASE_OWNER_URL: {
    zh: 'DATABASE_OWNER_URL 应形如 postgres://用户:密码@主机:5432/数据库，并与 DATABASE_URL 一起设置。',
    en: 'DATABASE_OWNER_URL must look like postgres://user:password@host:5432/database and be set together with DATABASE_URL.',
  },
  REDIS_URL: {
    zh: 'REDIS_URL 应形如 redis://主机:6379 或 rediss://主机:6379。',
    en: 'REDIS_URL must look like redis://host:6379 or rediss://host:6379.',
  },
  MARROW_BACKUP_KEY_FILE: {
    zh: 'MARROW_BACKUP_KEY_FILE 应为备份密钥文件的路径，该文件须已存在。',
    en: 'MARROW_BACKUP_KEY_FILE must be the path of the backup key file, which must exist.',
  },
  PUBLIC_URL: {
    zh: 'PUBLIC_URL 应为浏览器打开本程序的地址，不带路径，例如 PUBLIC_URL=https://ledger.example.org。',
    en: 'PUBLIC_URL must be the address at which browsers open this program, without a path, for example PUBLIC_URL=https://ledger.example.org.',
  },
  OIDC_ISSUER: {
    zh: 'OIDC_ISSUER 应为统一身份认证的 https 地址，并与 OIDC_CLIENT_ID、OIDC_CLIENT_SECRET、PUBLIC_URL 一起设置。',
    en: 'OIDC_ISSUER must be the https address of the OpenID Connect provider and be set together with OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and PUBLIC_URL.',
  },
  OIDC_CLIENT_ID: {
    zh: 'OIDC_CLIENT_ID 应与 OIDC_ISSUER 一起设置。',
    en: 'OIDC_CLIENT_ID must be set together with OIDC_ISSUER.',
  },
  OIDC_CLIENT_SECRET: {
    zh: 'OIDC_CLIENT_SECRET 应与 OIDC_ISSUER 一起设置。',
    en: 'OIDC_CLIENT_SECRET must be set together with OIDC_ISSUER.',
  },
  AUDIT_MONTHS: {
    zh: 'AUDIT_MONTHS 应为不小于 6 的整数：审计记录保留多少个月；不设置则一直保留。',
    en: 'AUDIT_MONTHS must be a whole number, 6 or more: for how many months acts are kept; unset, for ever.',
  },
  IMPORT_FILE_DAYS: {
    zh: 'IMPORT_FILE_DAYS 应为 1 到 3650 之间的整数：导入结束后文件保留多少天，例如 IMPORT_FILE_DAYS=30。',
    en: 'IMPORT_FILE_DAYS must be a whole number from 1 to 3650: for how many days a file is kept once its import is over, for example IMPORT_FILE_DAYS=30.',
  },
  SMTP_URL: {
    zh: 'SMTP_URL 应形如 smtps://用户:密码@主机:465，并与 MAIL_FROM 一起设置。',
    en: 'SMTP_URL must look like smtps://user:password@host:465 and be set together with MAIL_FROM.',
  },
  MAIL_FROM: {
    zh: 'MAIL_FROM 应为发件邮箱地址，例如 MAIL_FROM=ledger@example.org。',
    en: 'MAIL_FROM must be the mail address that mail is sent from, for example MAIL_FROM=ledger@example.org.',
  },
};

const VARIABLES = Object.keys(SENTENCES) as Variable[];

function Holds(name: string, validate: (value: string, rest: Environment) => boolean): PropertyDecorator {
  return ValidateBy({
    name,
    validator: { validate: (value, argument) => validate(String(value), argument!.object as Environment) },
  });
}

function isUrlOf(value: string, protocols: readonly string[]): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocols.includes(protocol) && hostname !== '';
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** Over TLS, unless it is on this machine. */
function isSiteUrl(value: string): boolean {
  if (!isUrlOf(value, ['https:', 'http:'])) return false;
  const { protocol, hostname, username, search, hash } = new URL(value);
  const near = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  return (protocol === 'https:' || near) && username + search + hash === '';
}

function isDatabaseUrl(value: string): boolean {
  return isUrlOf(value, ['postgres:', 'postgresql:']) && new URL(value).pathname.length > 1;
}

/** What the program is told from outside. Its properties are named as the variables are. */
export class Environment {
  /** 0 takes any free port. */
  @Transform(({ value }) => (/^\d+$/.test(value) ? Number(value) : value))
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly PORT: number = 3000;

  /** The address to listen on; of several that the machine has, `0.0.0.0` is all. */
  @Holds('isHost', (value) => isIP(value) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(value))
  readonly HOST: string = THIS_MACHINE;

  /** Whose word is taken for where a request comes from and whether it came over TLS. */
  @IsOptional()
  @Transform(({ value }) =>
    String(value)
      .split(',')
      .map((one) => one.trim()),
  )
  @Holds('isProxyList', (value) => value.split(',').every(isAddressOrNetwork))
  readonly TRUSTED_PROXY?: readonly string[];

  /** Absolute. A relative path is read from the repository's root. */
  @Transform(({ value }) => resolve(repositoryRoot(), value))
  @Holds('isFolder', (value) => statSync(value, { throwIfNoEntry: false })?.isDirectory() ?? true)
  readonly DATA_DIR: string = join(repositoryRoot(), '.data');

  /** The application's login. Without it the program brings its own PostgreSQL. */
  @IsOptional()
  @Holds('isDatabaseUrl', isDatabaseUrl)
  readonly DATABASE_URL?: string;

  /** The login that owns the tables and migrates them; `DATABASE_URL` unless said. */
  @IsOptional()
  @Holds('isOwnerUrl', (value, { DATABASE_URL }) => isDatabaseUrl(value) && DATABASE_URL !== undefined)
  readonly DATABASE_OWNER_URL?: string;

  /** Without it the jobs wait in PostgreSQL. */
  @IsOptional()
  @Holds('isRedisUrl', (value) => isUrlOf(value, ['redis:', 'rediss:']))
  readonly REDIS_URL?: string;

  /** Absolute. What backups are encrypted with; `backup.key` below `DATA_DIR` unless said. */
  @IsOptional()
  @Transform(({ value }) => (value === undefined ? undefined : resolve(repositoryRoot(), value)))
  @Holds('isFile', (value) => statSync(value, { throwIfNoEntry: false })?.isFile() ?? false)
  readonly MARROW_BACKUP_KEY_FILE?: string;

  /** Where browsers open this program; no path. */
  @IsOptional()
  @Holds('isOrigin', (value) => isSiteUrl(value) && new URL(value).pathname === '/')
  readonly PUBLIC_URL?: string;

  /** The OpenID Connect provider by which people may sign in, besides by password. */
  @IsOptional()
  @Holds(
    'isIssuer',
    (value, rest) => isSiteUrl(value) && [rest.OIDC_CLIENT_ID, rest.OIDC_CLIENT_SECRET, rest.PUBLIC_URL].every(Boolean),
  )
  readonly OIDC_ISSUER?: string;

  @IsOptional()
  @Holds('hasIssuer', (_, { OIDC_ISSUER }) => OIDC_ISSUER !== undefined)
  readonly OIDC_CLIENT_ID?: string;

  @IsOptional()
  @Holds('hasIssuer', (_, { OIDC_ISSUER }) => OIDC_ISSUER !== undefined)
  readonly OIDC_CLIENT_SECRET?: string;

  /** For how many months acts are kept, counted in whole ones; for ever unless said. */
  @IsOptional()
  @Transform(({ value }) => (/^\d+$/.test(value) ? Number(value) : value))
  @IsInt()
  @Min(6)
  @Max(1_200)
  readonly AUDIT_MONTHS?: number;

  /** For how many days an imported file and its rows are kept once the import is over; what it did stays known. */
  @Transform(({ value }) => (/^\d+$/.test(value) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(3_650)
  readonly IMPORT_FILE_DAYS: number = 30;

  /** The server that takes the office's mail. Without it there is none. */
  @IsOptional()
  @Holds('isSmtpUrl', (value, { MAIL_FROM }) => isUrlOf(value, ['smtp:', 'smtps:']) && MAIL_FROM !== undefined)
  readonly SMTP_URL?: string;

  @IsOptional()
  @Holds('isMailAddress', isMailAddress)
  readonly MAIL_FROM?: string;
}

/** One or more variables cannot be used; `details.variables` names them. */
export class EnvironmentNotValid extends DomainError {
  constructor(variables: readonly Variable[]) {
    const sentences = variables.map((name) => SENTENCES[name]);
    super(
      'environment_not_valid',
      { zh: sentences.map(({ zh }) => zh).join(''), en: sentences.map(({ en }) => en).join(' ') },
      { variables },
    );
  }
}

/**
 * Reads and checks the environment variables. Nothing else in the program reads `process.env`.
 *
 * @throws {EnvironmentNotValid} naming every variable that is wrong
 */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  // A variable set to nothing, as compose files pass it, is a variable not set.
  const given: Partial<Record<Variable, string>> = Object.fromEntries(
    VARIABLES.flatMap((name) => (source[name]?.trim() ? [[name, source[name].trim()]] : [])),
  );
  const environment = plainToInstance(Environment, {
    ...given,
    ...(given.DATABASE_URL && { DATABASE_OWNER_URL: given.DATABASE_OWNER_URL ?? given.DATABASE_URL }),
  });
  const wrong = new Set(validateSync(environment).map(({ property }) => property));
  // The owner's URL may be a copy of the application's, which is named already.
  if (wrong.size > 0) throw new EnvironmentNotValid(VARIABLES.filter((name) => wrong.has(name) && name in given));
  return environment;
}

/** What to say at the start when `HOST` asks for more than a demonstration is given. */
export function hostWarning(environment: Environment): Sentence | undefined {
  if (environment.HOST === THIS_MACHINE) return undefined;
  return {
    zh: `HOST=${environment.HOST} 未生效：演示账号的密码是公开的，演示只在本机 ${THIS_MACHINE} 上提供服务。`,
    en: `HOST=${environment.HOST} is not followed: the passwords of the demonstration are published, so it listens on ${THIS_MACHINE} only.`,
  };
}

/** The same folder for the sources and for what is built from them. */
function repositoryRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
