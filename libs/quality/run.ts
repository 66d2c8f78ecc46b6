import type { DataSource, EntityManager } from 'typeorm';
import { recordAct } from '../accounts/audit';
import { DUTY_ROWS, OUTLIER_RULE } from '../catalogue/duties';
import type { QualityRule } from '../catalogue/quality-rule';
import { QUALITY_RULES } from '../catalogue/quality-rules';
import type { Move } from '../catalogue/worklists';
import { dateInShanghai } from '../core/period';
import { findRoot } from '../indicators/orgs.queries';
import { recompute } from '../indicators/recompute';
import { NEEDS } from '../ledger/findings';
import { findLacks, findRepeats, findSilent } from './case-rules.queries';
import { findAdjusted, findGaps, findLate } from './entry-rules.queries';
import { findContradictions, findFarOut, findMissing } from './figure-rules.queries';
import { createFound, nameFound, planForRules, type Look } from './found.queries';
import {
  countFound,
  letGo,
  lockFindings,
  lockRun,
  noteRun,
  openNew,
  reopenFound,
  seeAgain,
  type Outcome,
  type Run,
} from './settle.queries';

export interface RunOptions {
  /** Who asked for it; `system` for a job. */
  readonly actor: string;
  readonly address?: string | null;
  readonly now?: Date;
  /** The kinds of rules that look; all unless said. What others found stays as it is. */
  readonly only?: readonly QualityRule['kind'][];
}

/**
 * Lets the rules look at a registry, and settles what they find with what is known: the same problem is the same
 * finding, what is there no more is gone, what people said of it stays. Doubled or at once it ends the same.
 */
export async function runQuality(
  dataSource: DataSource,
  registryId: number,
  { actor, address = null, now = new Date(), only }: RunOptions,
): Promise<Outcome> {
  const rules = QUALITY_RULES.filter(({ kind }) => only === undefined || only.includes(kind));
  const run = { registryId, actor, at: now, rules: rules.map(({ code }) => code) };
  // The rules read figures: what waits is computed first.
  await recompute(dataSource, registryId);
  return dataSource.transaction('READ COMMITTED', async (manager) => {
    await lockRun(manager, registryId);
    await createFound(manager);
    await planForRules(manager);
    await look(manager, { registryId, today: dateInShanghai(now) }, rules);
    await nameFound(manager);
    const outcome = await settle(manager, run);
    if (only === undefined) await noteRun(manager, run, outcome.found);
    await recordAct(manager, {
      ...{ registryId, actor, act: 'quality.run', thing: only?.join(' ') ?? null, org: null, address, result: 'done' },
      detail: { ...outcome },
    });
    return outcome;
  });
}

async function look(manager: EntityManager, at: Look, rules: readonly QualityRule[]): Promise<void> {
  const each = async <Kind extends QualityRule['kind']>(
    kind: Kind,
    find: (own: readonly Extract<QualityRule, { kind: Kind }>[], codes: readonly string[]) => Promise<void>,
  ): Promise<void> => {
    const own = rules.filter((rule): rule is Extract<QualityRule, { kind: Kind }> => rule.kind === kind);
    const codes = own.map(({ code }) => code);
    if (own.length > 0) await find(own, codes);
  };
  const root = await findRoot(manager, at.registryId);
  await each('completeness', (_, codes) => findMissing(manager, at, codes, DUTY_ROWS));
  await each('outlier', (_, codes) => findFarOut(manager, at, codes, DUTY_ROWS, OUTLIER_RULE));
  await each('contradiction', (own) => findContradictions(manager, at, own));
  await each('lateness', (own) => findLate(manager, at, own));
  await each('adjustments', (own) => findAdjusted(manager, at, own));
  await each('gap', (_, codes) => findGaps(manager, at, codes, root ?? '', NEEDS));
  await each('lack', (own) => findLacks(manager, at, own));
  await each('repeat', (own) => findRepeats(manager, at, own));
  await each('silence', (own) =>
    findSilent(
      manager,
      at,
      own.map((rule) => ({ ...rule, stops: rule.stops.flatMap(spelled) })),
    ),
  );
}

function spelled({ kind, outcomes }: Move): string[] {
  return outcomes?.map((outcome) => `${kind} ${outcome}`) ?? [kind];
}

async function settle(manager: EntityManager, run: Run): Promise<Outcome> {
  await lockFindings(manager, run);
  const reopened = await reopenFound(manager, run);
  await seeAgain(manager, run);
  const opened = await openNew(manager, run);
  const gone = await letGo(manager, run);
  return { found: await countFound(manager), opened, reopened, gone };
}
