import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { DomainError } from '../core/domain-error';
import { isAlive } from '../core/living-process';
import { requireEntry, serverAccount, type Account } from './embedded-account';
import { embeddedBinaries, type EmbeddedBinaries } from './embedded-binaries';

const run = promisify(execFile);

export const OWNER_LOGIN = 'marrow_owner';
export const APPLICATION_LOGIN = 'marrow_app';

/** The data of one embedded server, its logins, and who may run it. */
export interface EmbeddedCluster {
  readonly data: string;
  readonly log: string;
  readonly passwords: { readonly owner: string; readonly application: string };
  readonly binaries: EmbeddedBinaries;
  readonly account: Account | undefined;
}

/**
 * The cluster below `dataDir`, made at the first call. Two callers at the same moment get the same one.
 *
 * @throws {DomainError} when a folder is closed to the server or to us
 */
export async function openCluster(dataDir: string): Promise<EmbeddedCluster> {
  await makeFolder(resolve(dataDir)).catch((error: Error) => {
    throw new DomainError('data_dir_not_writable', {
      zh: `无法建立数据文件夹 ${dataDir}。请用 DATA_DIR 指定可写的文件夹。（${error.message}）`,
      en: `The data folder ${dataDir} cannot be made. Set DATA_DIR to a folder that can be written to. (${error.message})`,
    });
  });
  const root = await realpath(dataDir);
  const home = join(root, 'database');
  const binaries = await embeddedBinaries();
  const account = await serverAccount(join(home, 'data'));
  await requireEntry(account, dirname(binaries.postgres), {
    zh: '把程序移到其他文件夹',
    en: 'move the program to another folder',
  });
  await requireEntry(account, root, {
    zh: '用 DATA_DIR 指定其他文件夹',
    en: 'set DATA_DIR to another folder',
  });
  if (!(await exists(home))) await initialise(home, binaries, account);

  const data = join(home, 'data');
  if (account && (await stat(data)).uid !== account.uid)
    await run('chown', ['-R', `${account.uid}:${account.gid}`, data]);
  return { data, log: join(root, 'postgres.log'), passwords: await readPasswords(home), binaries, account };
}

/** Built beside its place and moved there whole, so that neither a kill nor a second caller leaves half a cluster. */
async function initialise(home: string, binaries: EmbeddedBinaries, account: Account | undefined): Promise<void> {
  await removeAbandoned(home);
  const draft = await mkdtemp(`${home}.new-${process.pid}-`);
  await chmod(draft, 0o755);
  const data = join(draft, 'data');
  const passwordFile = join(draft, 'initial-password');
  const passwords = { owner: newPassword(), application: newPassword() };
  try {
    await makeFolder(data);
    await writeFile(join(draft, 'logins.json'), JSON.stringify(passwords), { mode: 0o600 });
    await writeFile(passwordFile, passwords.owner, { mode: 0o600 });
    if (account) for (const path of [data, passwordFile]) await chown(path, account.uid, account.gid);
    await run(
      binaries.initdb,
      [
        `--pgdata=${data}`,
        `--username=${OWNER_LOGIN}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
      ],
      { ...account, cwd: draft },
    );
    await rm(passwordFile);
    await rename(draft, home).catch(async (error) => {
      if (!(await exists(home))) throw error;
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new DomainError('database_not_initialised', {
      zh: `无法在 ${home} 建立内置数据库：${stderr || message}`,
      en: `The embedded database could not be made in ${home}: ${stderr || message}`,
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function removeAbandoned(home: string): Promise<void> {
  const folder = dirname(home);
  for (const name of await readdir(folder)) {
    const pid = /^database\.new-(\d+)-/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function readPasswords(home: string): Promise<EmbeddedCluster['passwords']> {
  try {
    return JSON.parse(await readFile(join(home, 'logins.json'), 'utf8'));
  } catch (error) {
    throw new DomainError('data_dir_not_readable', {
      zh: `读不到 ${home}/logins.json。请用当初建立该文件夹的系统用户启动，或用 DATA_DIR 指定其他文件夹。（${(error as Error).message}）`,
      en: `${home}/logins.json cannot be read. Start as the system user that made this folder, or set DATA_DIR to another one. (${(error as Error).message})`,
    });
  }
}

/** What is new is open to enter whatever the umask says; what exists is left as it is. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (!first) return;
  for (let path = folder; path.length >= first.length; path = dirname(path)) await chmod(path, 0o755);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

const newPassword = (): string => randomBytes(24).toString('base64url');
