import type { DataSource } from 'typeorm';
import { closeAndRecompute } from '../../libs/indicators/recompute';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, REGISTRY, WRITER } from '../support/small-registry';
import { entryOf, uuidOf, type Act } from './acts';

const BATCH = 25;

/** Neighbouring acts of one sort, as they would be sent together. */
export function inOneCall(acts: readonly Act[]): Act[][] {
  const calls: Act[][] = [];
  for (const act of acts) {
    const last = calls.at(-1);
    if (last && last[0]?.act === act.act && last.length < BATCH) last.push(act);
    else calls.push([act]);
  }
  return calls;
}

export async function perform(source: DataSource, acts: readonly Act[]): Promise<void> {
  switch (acts[0]?.act) {
    case 'entry':
      await append(source, ...acts.map(entryOf));
      break;
    case 'reversal': {
      const reversals = acts.map(({ id, reverses, justification }) => {
        return { id: uuidOf(id), reverses: uuidOf(reverses), justification };
      });
      await reverseEntries(source, reversals, WRITER);
      break;
    }
    case 'close':
      for (const { occurredOn } of acts) await closeAndRecompute(source, REGISTRY, occurredOn, 'tester');
  }
}
