import { DEMONSTRATION_ORGS, DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { rebuild } from '../../libs/indicators/recompute';
import { findStoredCells, selectAllCells, type Cell } from './baseline.queries';
import type { BenchDatabase } from './bench-database';
import type { BenchPart } from './bench-part';
import { timesBaseline } from './bench-row';
import { timed } from './stopwatch';

const { registryId } = DEMONSTRATION_REGISTRY;
const ROOT = DEMONSTRATION_ORGS[0]?.org ?? '';
const RUNS = 3;

/** All values thrown away and computed anew, against one statement that selects the same cells. */
export const rebuildOfAll: BenchPart = {
  name: 'rebuild',
  rows: [{ row: 'rebuild of everything', unit: 's', target: [timesBaseline('≤', 1.5)] }],
  async measure(context) {
    const { database } = await context.demonstration();
    const rebuilt: number[] = [];
    const selected: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      rebuilt.push(await timed(() => rebuild(database.source, registryId)));
      selected.push(await timeOfSelect(database));
    }
    return [{ value: Math.min(...rebuilt) / 1_000, baseline: Math.min(...selected) / 1_000 }];
  },
};

async function timeOfSelect(database: BenchDatabase): Promise<number> {
  return database.withConnection(async (client) => {
    let selected: Cell[] = [];
    const milliseconds = await timed(async () => {
      selected = await selectAllCells(client, registryId, ROOT);
    });
    requireSame(selected, await findStoredCells(database.source.manager, registryId));
    return milliseconds;
  });
}

/** A baseline that counts something else is none. */
function requireSame(selected: readonly Cell[], stored: readonly Cell[]): void {
  const values = new Map(selected.map((cell) => [placeOf(cell), cell.value]));
  const differing = stored.filter((cell) => values.get(placeOf(cell)) !== cell.value);
  if (differing.length === 0 && values.size === stored.length) return;
  throw new Error(
    `the hand-written statement and the rebuild differ: ${values.size} and ${stored.length} cells, such as ${JSON.stringify(differing[0])}`,
  );
}

function placeOf({ key, org, own, period }: Cell): string {
  return `${key} ${org} ${own} ${period}`;
}
