import { setTimeout as pause } from 'node:timers/promises';
import { Passes } from './passes';

/** A pass that ends when it is told to. */
function heldPass(log: string[], name: string) {
  let end: (error?: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => (end = (error) => (error ? reject(error) : resolve())));
  const pass = () => {
    log.push(name);
    return ended;
  };
  return { pass, end };
}

describe('the passes over one registry', () => {
  it('run one after another, and a waiting one stands for all that are asked for meanwhile', async () => {
    const log: string[] = [];
    const passes = new Passes<number>();
    const first = heldPass(log, 'first');
    const second = heldPass(log, 'second');
    const running = passes.run(1, first.pass);
    const waiting = passes.run(1, second.pass);
    await passes.run(1, () => Promise.reject(new Error('never begun')));
    expect(log).toEqual(['first']);
    first.end();
    await running;
    second.end();
    await waiting;
    expect(log).toEqual(['first', 'second']);
  });

  it('of another registry do not wait', async () => {
    const log: string[] = [];
    const passes = new Passes<number>();
    const first = heldPass(log, 'registry 1');
    const running = passes.run(1, first.pass);
    await passes.run(2, () => Promise.resolve(void log.push('registry 2')));
    expect(log).toEqual(['registry 1', 'registry 2']);
    first.end();
    await running;
  });

  it('are never skipped for one that has begun: it may have read before the change', async () => {
    const log: string[] = [];
    const passes = new Passes<number>();
    for (const name of ['first', 'second', 'third']) await passes.run(1, () => Promise.resolve(void log.push(name)));
    expect(log).toEqual(['first', 'second', 'third']);
  });

  it('go on after one that fails', async () => {
    const log: string[] = [];
    const passes = new Passes<number>();
    const first = heldPass(log, 'first');
    const failing = passes.run(1, first.pass);
    const next = passes.run(1, () => Promise.resolve(void log.push('next')));
    first.end(new Error('connection lost'));
    await expect(failing).rejects.toThrow('connection lost');
    await next;
    expect(log).toEqual(['first', 'next']);
  });

  it('rest twice as long as the one before took, so that a steady stream leaves the database to others', async () => {
    const passes = new Passes<number>();
    let ended = 0;
    const first = passes.run(1, async () => {
      await pause(60);
      ended = performance.now();
    });
    let begun = 0;
    const second = passes.run(1, () => Promise.resolve(void (begun = performance.now())));
    await Promise.all([first, second]);
    expect(begun - ended).toBeGreaterThan(110);
  });
});
