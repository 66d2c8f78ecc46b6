/** What a reader of a stream of server-sent events has heard so far. */
export class HeardEvents {
  private text = '';
  private over = false;
  private woken: () => void = () => undefined;

  private constructor(
    readonly response: Response,
    private readonly leaving: AbortController,
  ) {
    void this.read();
  }

  static async open(url: string, headers: Record<string, string>): Promise<HeardEvents> {
    const leaving = new AbortController();
    const response = await fetch(`${url}/api/events`, { headers, signal: leaving.signal });
    return new HeardEvents(response, leaving);
  }

  /** All that was told under a name. */
  of(event: string): Record<string, unknown>[] {
    const told = [...this.text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)];
    return told.filter(([, name]) => name === event).map(([, , data]) => JSON.parse(data!));
  }

  /** Waits until what was heard is as it should be, or the stream ends. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.over) throw new Error(`the stream ended after: ${this.text}`);
      await this.next();
    }
  }

  /** Waits for its end. */
  async ended(): Promise<void> {
    while (!this.over) await this.next();
  }

  leave(): void {
    this.leaving.abort();
  }

  private next(): Promise<void> {
    return new Promise((woken) => (this.woken = woken));
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const piece of this.response.body ?? []) {
        this.text += decoder.decode(piece as Uint8Array, { stream: true });
        this.woken();
      }
    } catch {
      // Whoever leaves hears no more.
    }
    this.over = true;
    this.woken();
  }
}
