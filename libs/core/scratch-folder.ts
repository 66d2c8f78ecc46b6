import { readdirSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './living-process';

/** Whose it is stands in the name. */
const NAME = /^marrow-ledger-[a-z]+-(\d+)@(.*)-[A-Za-z0-9]{6}$/;

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Makes a folder of this process in the system's temporary folder, which nobody else of the machine can read. Who makes
 * it takes it away; what a killed process could not take away goes with the next start.
 *
 * @param use a word of small letters: what it is for
 */
export function makeScratchFolder(use: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `marrow-ledger-${use}-${process.pid}@${hostname()}-`));
}

/**
 * Takes away the folders of processes that live no longer, for they may hold people's codes, and those of this process
 * when it exits. To be called once, before it makes its first. What cannot be taken away is left.
 */
export async function sweepScratchFolders(): Promise<void> {
  const folder = tmpdir();
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    if (await isLeft(name, path)) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
  process.once('exit', removeOwn);
}

async function isLeft(name: string, path: string): Promise<boolean> {
  const [, pid, host] = NAME.exec(name) ?? [];
  if (pid === undefined) return false;
  // A container's program has the number of the one that was killed before it.
  if (host === hostname()) return Number(pid) === process.pid || !isAlive(Number(pid));
  // Of another container that shares the folder, or of this machine under another name: its processes are not seen.
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > DAY_MS;
}

/** An exit in the middle of something: a second Ctrl-C, a verb that was broken off. */
function removeOwn(): void {
  const folder = tmpdir();
  try {
    for (const name of readdirSync(folder)) {
      const [, pid, host] = NAME.exec(name) ?? [];
      if (Number(pid) === process.pid && host === hostname())
        rmSync(join(folder, name), { recursive: true, force: true });
    }
  } catch {
    // The next start does it.
  }
}
