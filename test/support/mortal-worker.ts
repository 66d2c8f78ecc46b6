import { Program } from './program';

/** A worker as a program of its own that dies at any moment and is started again. */
export class MortalWorker {
  kills = 0;
  private restarting: Promise<void> | undefined;

  private constructor(
    private readonly environment: Readonly<Record<string, string>>,
    private program: Program,
  ) {}

  static async start(environment: Readonly<Record<string, string>>): Promise<MortalWorker> {
    return new MortalWorker(environment, await begin(environment));
  }

  get said(): string {
    return this.program.said;
  }

  /** Resolves when the next one is at work. One that is not is not killed again. */
  async kill(): Promise<void> {
    this.restarting ??= this.restart().finally(() => (this.restarting = undefined));
    await this.restarting;
  }

  private async restart(): Promise<void> {
    this.kills += 1;
    await this.program.kill();
    this.program = await begin(this.environment);
  }
}

async function begin(environment: Readonly<Record<string, string>>): Promise<Program> {
  const program = await Program.start('worker', [], environment);
  await program.says(/worker ready/);
  return program;
}
