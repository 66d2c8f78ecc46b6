import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '../..');
const VARIABLES = [
  'PORT',
  'HOST',
  'TRUSTED_PROXY',
  'DATA_DIR',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'REDIS_URL',
  'MARROW_BACKUP_KEY_FILE',
  'AUDIT_MONTHS',
  'IMPORT_FILE_DAYS',
  'PUBLIC_URL',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'SMTP_URL',
  'MAIL_FROM',
];

const running = new Set<Program>();
let built: Promise<unknown> | undefined;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds what is missing or older than its sources; `npm test` has done so before. */
export function buildPrograms(): Promise<unknown> {
  const script = `import('./scripts/prepare.mjs').then(({ prepare }) => prepare({ server: true, quiet: true }))`;
  built ??= promisify(execFile)(process.execPath, ['-e', script], { cwd: ROOT });
  return built;
}

/** A built program of `apps/`, as a process of its own. */
export class Program {
  readonly ended: Promise<Ended>;
  private stdout = '';
  private stderr = '';

  private constructor(private readonly child: ChildProcess) {
    running.add(this);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(child, 'close').then(([code]) => {
      running.delete(this);
      return { code: code as number | null, stdout: this.stdout, stderr: this.stderr };
    });
  }

  /** @param environment all that it is told; nothing of the tests' own settings reaches it */
  static async start(
    name: 'alone' | 'api' | 'cli' | 'worker',
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): Promise<Program> {
    await buildPrograms();
    const inherited = Object.entries(process.env).filter(([variable]) => !VARIABLES.includes(variable));
    return new Program(
      spawn(process.execPath, [`dist/apps/${name}/main.js`, ...args], {
        cwd: ROOT,
        env: { ...Object.fromEntries(inherited), ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** All that it has said on either channel. */
  get said(): string {
    return `${this.stdout}\n${this.stderr}`;
  }

  /** Waits until the program has said this on either channel; throws with all it said if it ends before. */
  async says(pattern: RegExp): Promise<RegExpMatchArray> {
    let over = false;
    void this.ended.then(() => (over = true));
    for (;;) {
      const match = this.said.match(pattern);
      if (match) return match;
      if (over) throw new Error(`The program ended without saying ${pattern}:\n${this.said}`);
      await Promise.race([
        this.ended,
        ...[this.child.stdout, this.child.stderr].flatMap((channel) =>
          channel && !channel.destroyed ? [once(channel, 'data')] : [],
        ),
      ]);
    }
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** Runs a verb of the command line to its end. */
export async function ledger(environment: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> {
  return (await Program.start('cli', args, environment)).ended;
}

/** After the tests, whatever became of them. */
export async function killPrograms(): Promise<void> {
  await Promise.all([...running].map((program) => program.kill()));
}
