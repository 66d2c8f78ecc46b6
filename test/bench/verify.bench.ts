import { closeDemonstration } from '../../libs/demonstration/close';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { verify } from '../../libs/indicators/verify';
import { verifySealsNow } from '../../libs/indicators/verify-seals';
import type { BenchPart } from './bench-part';
import { timed } from './stopwatch';

const { registryId } = DEMONSTRATION_REGISTRY;

/** The recount of every figure with audit and seals, and of the seals alone, the demonstration closed as it is shown. */
export const verifyOfAll: BenchPart = {
  name: 'verify',
  rows: [
    { row: 'verify, everything', unit: 's', target: [] },
    { row: 'verify --seals', unit: 's', target: [] },
  ],
  async measure(context) {
    const database = await context.copyOfDemonstration('verified');
    await closeDemonstration(database.source);
    await database.settle();
    const whole = await timed(async () => requireNoDrift(await verify(database.source, registryId)));
    const seals = await timed(async () => requireNoDrift(await verifySealsNow(database.source, registryId)));
    await database.drop();
    return [{ value: whole / 1_000 }, { value: seals / 1_000 }];
  },
};

function requireNoDrift({ drift, findings }: { readonly drift: number; readonly findings: readonly unknown[] }): void {
  if (drift > 0) throw new Error(`${drift} places drifted, such as ${JSON.stringify(findings[0])}`);
}
