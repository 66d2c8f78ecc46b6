/** Codes and how often each comes up, relative to the others. */
export type Odds<T extends string> = Readonly<Partial<Record<T, number>>>;

/** Numbers that look random and are the same in every run (mulberry32, seeded by a hash of a name). */
export class Random {
  private state = 0x811c9dc5;

  constructor(name: string) {
    for (let at = 0; at < name.length; at += 1) this.state = Math.imul(this.state ^ name.charCodeAt(at), 0x01000193);
  }

  /** At least 0, less than 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `first` to `last`, both included. */
  between(first: number, last: number): number {
    return first + Math.floor(this.next() * (last - first + 1));
  }

  /** The value, up to that share of it more or less. */
  about(value: number, share: number): number {
    return value * (1 - share + 2 * share * this.next());
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T extends string>(odds: Odds<T>): T {
    const choices = Object.entries(odds) as [T, number][];
    let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [code, weight] of choices) {
      left -= weight;
      if (left < 0) return code;
    }
    throw new RangeError('nothing to pick from');
  }

  shuffle(numbers: Int32Array): void {
    for (let at = numbers.length - 1; at > 0; at -= 1) {
      const other = this.between(0, at);
      const kept = numbers[at] ?? 0;
      numbers[at] = numbers[other] ?? 0;
      numbers[other] = kept;
    }
  }
}
