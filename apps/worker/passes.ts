import { setTimeout as pause } from 'node:timers/promises';

/** So long a pass over a key rests at most after the one before. */
const REST_AT_MOST_MS = 1_000;

/**
 * Runs the passes over one key one after another. A pass that has not begun yet will see everything committed until
 * then, so it stands for all that are asked for meanwhile: a burst for one key costs two passes and two places. The
 * next one rests for twice as long as the one before took, so that a steady stream leaves the database most of its time.
 */
export class Passes<Key> {
  private readonly running = new Map<Key, Promise<unknown>>();
  private readonly waiting = new Set<Key>();

  /** Resolves when its pass has ended, or at once when a waiting pass stands for it. Throws what its pass throws. */
  async run(key: Key, pass: () => Promise<void>): Promise<void> {
    if (this.waiting.has(key)) return;
    const before = this.running.get(key);
    if (before) {
      this.waiting.add(key);
      await before;
      this.waiting.delete(key);
    }
    const begun = performance.now();
    const now = pass();
    const ended = now
      .catch(() => undefined)
      .then(() => pause(Math.min(2 * (performance.now() - begun), REST_AT_MOST_MS), undefined, { ref: false }))
      .then(() => {
        if (this.running.get(key) === ended) this.running.delete(key);
      });
    this.running.set(key, ended);
    await now;
  }
}
