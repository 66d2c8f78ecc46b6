// Brings a clone to where its programs can run: packages installed, server and page built. Node's own modules only,
// for there may be no others yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const LOCK = join(ROOT, '.prepare.lock');
const DIST = join(ROOT, 'dist');
const PAGE = 'web';

const PARTS = {
  server: {
    script: 'build:server',
    sources: [
      '.swcrc',
      'apps/alone',
      'apps/api',
      'apps/cli',
      'apps/worker',
      'libs',
      'migrations',
      'test/bench',
      'test/workbooks',
    ],
    zh: '正在编译程序……',
    en: 'Building the program…',
  },
  web: {
    script: 'build:web',
    sources: ['apps/web', 'libs/core', 'libs/catalogue', 'libs/assessment'],
    zh: '正在生成网页……',
    en: 'Building the page…',
  },
};

/**
 * Installs and builds what is missing or older than its sources. What it says goes to stderr if `quiet`, so that
 * stdout stays the program's.
 */
export async function prepare({ server = false, web = false, quiet = false }) {
  const output = quiet ? 2 : 1;
  requireNode();
  const parts = [...(server ? ['server'] : []), ...(web ? ['web'] : [])];
  const isReady = () => isInstalled() && parts.every(isBuilt);
  if (isReady()) return;
  await alone(output, () => {
    if (!isInstalled()) {
      say(output, '正在安装依赖……', 'Installing packages…');
      // The build needs the development packages, also under NODE_ENV=production.
      npm(output, ['ci', '--include=dev', '--no-audit', '--no-fund']);
    }
    for (const part of parts) if (!isBuilt(part)) build(output, part);
  });
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  fail(
    `需要 Node.js 20.19 以上（22 系列需 22.12 以上），当前是 ${process.versions.node}。建议安装 Node.js 24 LTS：https://nodejs.org`,
    `Node.js 20.19 or newer is needed (22.12 in the 22 series); this is ${process.versions.node}. Install Node.js 24 LTS: https://nodejs.org`,
  );
}

/** npm writes what it installed beside it, as its last act. */
function isInstalled() {
  const installedLock = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === version && found.integrity === integrity : (optional ?? devOptional ?? false);
  });
}

function isBuilt(part) {
  const stamp = stampOf(part);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest(part);
}

function build(output, part) {
  const { script, zh, en } = PARTS[part];
  say(output, zh, en);
  const sources = digest(part);
  rmSync(stampOf(part), { force: true });
  if (part === 'server' && existsSync(DIST)) {
    // A migration that is gone from the sources must not be found among what was built from them.
    for (const name of readdirSync(DIST)) {
      if (name !== PAGE && !name.startsWith('.')) rmSync(join(DIST, name), { recursive: true });
    }
  }
  npm(output, ['run', '--silent', script]);
  mkdirSync(DIST, { recursive: true });
  writeFileSync(stampOf(part), sources);
}

function stampOf(part) {
  return join(DIST, `.${part}`);
}

/** Of everything that the built part depends on. */
function digest(part) {
  const hash = createHash('sha256');
  const { script, sources } = PARTS[part];
  hash.update(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts[script]);
  for (const file of ['package-lock.json', ...sources.flatMap(filesBelow)]) {
    hash.update(`\0${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  const folder = join(ROOT, path);
  if (!existsSync(folder)) return [];
  if (path.startsWith('.')) return [path];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .sort();
}

/** One process at a time; the next finds the work done. */
async function alone(output, work) {
  for (let waiting = false; !takeLock(); waiting = true) {
    if (!waiting) say(output, '另一个进程正在准备，请稍候……', 'Another process is preparing; waiting for it…');
    await pause(200);
  }
  try {
    work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (holderLives()) return false;
    rmSync(LOCK, { force: true });
    return takeLock();
  }
}

function holderLives() {
  try {
    return process.kill(Number(readFileSync(LOCK, 'utf8')), 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function npm(output, args) {
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith('npm-cli.js') ? [process.execPath, [own]] : ['npm', []];
  const { status } = spawnSync(command, [...first, ...args], {
    cwd: ROOT,
    stdio: ['ignore', output, output],
    shell: command === 'npm' && process.platform === 'win32',
  });
  if (status === 0) return;
  rmSync(LOCK, { force: true });
  fail(`npm ${args.join(' ')} 失败，原因见上。`, `npm ${args.join(' ')} failed; see above.`);
}

function say(output, zh, en) {
  writeSync(output, `${zh} ${en}\n`);
}

function fail(zh, en) {
  say(2, zh, en);
  process.exit(1);
}
