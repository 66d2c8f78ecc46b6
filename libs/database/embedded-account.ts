import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { DomainError, type Sentence } from '../core/domain-error';

const run = promisify(execFile);

/** The operating system's account that PostgreSQL runs as; PostgreSQL refuses to run as root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Whom the server must run as: nobody else, unless the program runs as root; then the owner of the data if there are
 * any, else `name`, which is made if it is missing.
 *
 * @throws {DomainError} when the account cannot be made
 */
export async function serverAccount(data: string, name = 'postgres'): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(data).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const existing = await accountNamed(name);
  if (existing) return existing;
  const failure = await makeAccount(name).catch((error: Error) => error);
  // Somebody else may have made it at the same moment, so what counts is whether it is there.
  const made = await accountNamed(name);
  if (made) return made;
  throw new DomainError('database_account_missing', {
    zh: `以 root 运行时，数据库需要系统用户 ${name}，自动创建失败。请先创建该用户，或改用普通用户启动。（${failure?.message}）`,
    en: `As root, the database needs the system user ${name}, and making it failed. Make that user, or start as an ordinary user. (${failure?.message})`,
  });
}

async function accountNamed(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function makeAccount(name: string): Promise<undefined> {
  // By path: after a plain `su` they are not on root's PATH.
  await run('/usr/sbin/groupadd', ['--system', '--force', name]);
  await run('/usr/sbin/useradd', ['--system', '--gid', name, '--no-create-home', '--shell', '/usr/sbin/nologin', name]);
  return undefined;
}

/**
 * Makes sure that the account can enter every folder on the way to `folder`.
 *
 * @param moving what to do instead of opening the folder
 * @throws {FolderClosed}
 */
export async function requireEntry(account: Account | undefined, folder: string, moving: Sentence): Promise<void> {
  if (!account) return;
  const way = [folder];
  while (dirname(way[0]!) !== way[0]) way.unshift(dirname(way[0]!));
  // The system itself is asked: modes alone do not tell (access lists, groups).
  const probe = 'for folder; do cd "$folder" 2>/dev/null || { printf %s "$folder"; exit 0; }; done';
  const { stdout: closed } = await run('/bin/sh', ['-c', probe, 'sh', ...way], { ...account, cwd: '/' });
  if (closed === '') return;
  const below = way.slice(way.indexOf(closed));
  const modes = await Promise.all(below.map(async (path) => ((await stat(path)).mode & 0o001 ? [] : [path])));
  throw new FolderClosed(closed, account, modes.flat(), moving);
}

/** The database's account may not enter `details.folder`. */
export class FolderClosed extends DomainError {
  constructor(folder: string, account: Account, toOpen: readonly string[], moving: Sentence) {
    const command = `chmod o+x ${(toOpen.length > 0 ? toOpen : [folder]).map((path) => `'${path}'`).join(' ')}`;
    super(
      'folder_closed',
      {
        zh: `以 root 启动时，数据库以另一系统用户（uid ${account.uid}）的身份运行，该用户无法进入文件夹 ${folder}。请运行 ${command}，或者${moving.zh}。`,
        en: `Started as root, the database runs as another system user (uid ${account.uid}), which cannot enter the folder ${folder}. Run ${command}, or ${moving.en}.`,
      },
      { folder },
    );
  }
}
