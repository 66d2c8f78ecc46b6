/** npm passes on a Ctrl-C that the terminal has sent to everyone already: one press may come twice. */
const ONE_PRESS_MS = 500;

/** What a shell says of a program that Ctrl-C broke off. */
export const BROKEN_OFF = 130;

/** The end of a process that is told to end. A second signal does not wait for what the first one began. */
export class Ending {
  private since: number | undefined;

  /** @param close ends what stands until then, and says with which code to exit */
  constructor(private readonly close: () => Promise<number>) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.begin());
  }

  /** Once it has, what still runs fails, and nobody needs to hear of it. */
  get begun(): boolean {
    return this.since !== undefined;
  }

  private begin(): void {
    if (this.since === undefined) {
      this.since = Date.now();
      this.close().then(
        (code) => process.exit(code),
        (error: unknown) => {
          process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
          process.exit(1);
        },
      );
    } else if (Date.now() - this.since > ONE_PRESS_MS) process.exit(BROKEN_OFF);
  }
}
