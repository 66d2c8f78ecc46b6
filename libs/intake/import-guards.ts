import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { rolledBack } from '../database/rolled-back';
import { findKind } from '../catalogue/kinds';
import { checkEntry, type CheckedEntry } from '../ledger/check-entry';
import type { EntryBounds } from '../ledger/entry-fields';
import { findUnknownEvidence, type Citing } from '../ledger/evidence-cited';
import { planForGuards } from '../ledger/guard.queries';
import { findGuardBreaches, findLeftWithoutGround } from '../ledger/guards';
import { restsOn } from '../ledger/reverse';
import { clearStaged, shadowLedger } from '../ledger/shadow-ledger.queries';
import { dropRefusedSteps, isOpeningPlanned } from './import-plan.queries';
import { settleRows } from './import-propose.queries';
import { kept } from './import-refused';
import {
  findShadowReversed,
  findSteps,
  keepStepProblems,
  stageNew,
  stageReversals,
  type CheckedStep,
} from './import-shadow.queries';

export interface CheckedBatch {
  readonly registryId: number;
  readonly importId: string;
  readonly batch: number;
  readonly keepGaps: boolean;
}

/**
 * Finds the guards (R5) that the steps of a batch would break, the batch treated as a set: what hangs together is in one.
 * A row that rests on a refused one is refused too; an entry on which another rests is not taken back.
 */
export async function checkBatch(dataSource: DataSource, of: CheckedBatch, bounds: EntryBounds): Promise<void> {
  const steps = await findSteps(dataSource.manager, of.registryId, of.importId, of.batch);
  const unknown = await findUnknownEvidence(dataSource.manager, of.registryId, citingOf(steps, bounds));
  const concerned = steps.filter((step) => !unknown.has(step.number) && (step.reverses !== null || isGuarded(step)));
  if (concerned.length === 0 && unknown.size === 0) return;
  const options = {
    keepGaps: of.keepGaps,
    openingPlanned: of.batch > 0 && (await isOpeningPlanned(dataSource.manager, of)),
  };
  const guarded = await rolledBack(dataSource, async (manager) => {
    await planForGuards(manager);
    return concerned.some((step) => step.reverses !== null)
      ? breachesBesideReversals(manager, of, concerned, bounds, options)
      : findGuardBreaches(manager, of.registryId, checkedOf(concerned, bounds), options);
  });
  const breaches = new Map([...guarded, ...unknown]);
  if (breaches.size === 0) return;
  const refused = steps.flatMap((step) => {
    const problem = breaches.get(step.number);
    return problem ? [{ step, problem }] : [];
  });
  await dataSource.transaction(async (manager) => {
    const rows = refused.flatMap(({ step: { sheet, row }, problem }) =>
      sheet === null || row === null ? [] : [{ sheet, row, breach: [kept(problem)] }],
    );
    await settleRows(manager, of, rows);
    await keepStepProblems(
      manager,
      of,
      refused.flatMap(({ step, problem }) =>
        step.row === null ? [{ number: step.number, problem: kept(problem) }] : [],
      ),
    );
    await dropRefusedSteps(manager, of, of.batch);
  });
}

/** Tallies without a subject rest on nothing, except that an org has one opening of each kind (R6). */
function isGuarded({ stated }: CheckedStep): boolean {
  return stated !== null && ['donorCode', 'caseCode', 'sampleCode'].some((code) => stated[code] !== undefined)
    ? true
    : String(stated?.kind).startsWith('Opening');
}

function citingOf(steps: readonly CheckedStep[], { orgs }: EntryBounds): Map<number, Citing> {
  return new Map(
    steps.flatMap(({ number, stated }) => {
      const kind = findKind(String(stated?.kind));
      const attributes = (stated?.attributes ?? null) as CheckedEntry['attributes'];
      return kind && attributes ? [[number, { entry: { kind, attributes }, within: orgs }] as const] : [];
    }),
  );
}

function checkedOf(steps: readonly CheckedStep[], bounds: EntryBounds): Map<number, CheckedEntry> {
  return new Map(
    steps.flatMap(({ number, id, stated }) =>
      stated === null ? [] : [[number, checkEntry({ ...stated, id }, bounds)] as const],
    ),
  );
}

async function breachesBesideReversals(
  manager: EntityManager,
  of: CheckedBatch,
  steps: readonly CheckedStep[],
  bounds: EntryBounds,
  options: Parameters<typeof findGuardBreaches>[3],
): Promise<Map<number, DomainError>> {
  const breaches = new Map<number, DomainError>();
  const byOriginal = new Map(steps.flatMap((step) => (step.reverses === null ? [] : [[step.reverses, step] as const])));
  await shadowLedger(manager);
  // Each round withdraws what has been refused, which may leave others without ground, or give them back theirs.
  for (let before = -1; breaches.size > before;) {
    before = breaches.size;
    const left = steps.filter((step) => !breaches.has(step.number));
    await clearStaged(manager);
    await stageReversals(manager, of, [...breaches.keys()]);
    const found = await findGuardBreaches(manager, of.registryId, checkedOf(left, bounds), options);
    for (const [number, problem] of found) breaches.set(number, problem);
    if (breaches.size > before) continue;
    await stageNew(manager, of, [...breaches.keys()]);
    for (const original of await findShadowReversed(manager)) {
      const step = byOriginal.get(original.id);
      const rests = await findLeftWithoutGround(manager, of.registryId, original);
      if (step && rests) breaches.set(step.number, restsOn(original, rests));
    }
  }
  return breaches;
}
