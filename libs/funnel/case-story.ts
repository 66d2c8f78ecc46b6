import type { DataSource, EntityManager } from 'typeorm';
import type { KindDefinition } from '../catalogue/kind-definition';
import { KINDS } from '../catalogue/kinds';
import { WAY } from '../catalogue/milestones';
import { DomainError } from '../core/domain-error';
import { dateInShanghai } from '../core/period';
import { findEntries } from '../ledger/append.queries';
import type { CheckedEntry } from '../ledger/check-entry';
import { viewOf, type EntryView } from '../ledger/entry-view';
import { findGuardBreaches } from '../ledger/guards';
import { findIdsOfCase, findIdsOfDonor } from './case-story.queries';
import { waitsOf, type CaseWait } from './case-waits';

/** One request from its first entry on, as far as the caller reaches. */
export interface CaseStory {
  readonly caseCode: string;
  readonly donorCode: string | null;
  readonly org: string;
  /** The day of which the waits are told. */
  readonly day: string;
  readonly state: 'open' | 'held' | 'refused' | 'ended' | 'donated';
  /** All of them, those too that were taken back, in the order of their days. */
  readonly entries: readonly EntryView[];
  readonly waits: readonly CaseWait[];
  /** The kinds of which an entry would be taken today, the guards being as they are. */
  readonly possible: readonly string[];
}

/** @throws {DomainError} when no entry within reach names the request */
export async function readCaseStory(
  { manager }: Pick<DataSource, 'manager'>,
  registryId: number,
  caseCode: string,
  orgs: ReadonlySet<string>,
  today = dateInShanghai(new Date()),
): Promise<CaseStory> {
  const entries = (await read(manager, registryId, await findIdsOfCase(manager, registryId, caseCode))).filter(
    ({ org }) => orgs.has(org),
  );
  if (entries.length === 0) {
    throw new DomainError(
      'case_unknown',
      {
        zh: `没有编号为“${caseCode}”的请求，请核对编号；它也可能不在您的范围内。`,
        en: `There is no request "${caseCode}" within your reach; look at its code again.`,
      },
      { field: 'code' },
    );
  }
  const standing = entries.filter((one) => isStanding(one));
  const last = standing.at(-1) ?? entries.at(-1)!;
  const donorCode = last.donorCode ?? entries.find((one) => one.donorCode !== null)?.donorCode ?? null;
  const asked = ['DonationCompleted', 'FollowUpRecorded'];
  const ids = donorCode === null ? [] : await findIdsOfDonor(manager, registryId, donorCode, asked);
  const donor = (await read(manager, registryId, ids)).filter((one) => isStanding(one) && orgs.has(one.org));
  const donated = standing.some(({ kind }) => kind === 'DonationCompleted');
  return {
    caseCode,
    donorCode,
    org: last.org,
    day: today,
    state: stateOf(standing),
    entries,
    // A donor of another request is followed up there.
    waits: waitsOf({ request: standing, donor: donated ? donor : [] }, today),
    possible: await possibleKinds(manager, registryId, donated, {
      caseCode,
      donorCode,
      org: last.org,
      occurredOn: today,
    }),
  };
}

async function read(manager: EntityManager, registryId: number, ids: readonly string[]): Promise<EntryView[]> {
  return (await findEntries(manager, registryId, ids))
    .map(viewOf)
    .sort(
      (left, right) =>
        left.occurredOn.localeCompare(right.occurredOn) ||
        stepOf(left) - stepOf(right) ||
        Number(BigInt(left.position) - BigInt(right.position)),
    );
}

function isStanding({ reverses, reversedBy, quantity }: EntryView): boolean {
  return reverses === null && reversedBy === null && quantity !== '0';
}

function moveOf({ kind, outcome }: EntryView) {
  return WAY.find((move) => move.kind === kind && (move.outcome === '' || move.outcome === outcome));
}

/** Of two on one day the later on the way. */
function stepOf(entry: EntryView): number {
  return moveOf(entry)?.step ?? -1;
}

function stateOf(standing: readonly EntryView[]): CaseStory['state'] {
  const moves = standing.flatMap((entry) => moveOf(entry) ?? []);
  if (moves.some(({ milestone }) => milestone === 'donated')) return 'donated';
  if (moves.some(({ ends }) => ends > 0)) return 'ended';
  if (moves.at(-1)?.milestone === null) return 'refused';
  const turn = standing.filter(({ kind }) => kind === 'RequestHeld' || kind === 'RequestResumed').at(-1);
  return turn?.kind === 'RequestHeld' ? 'held' : 'open';
}

/** Asked of the guards themselves, kind by kind, for one of them could be another's ground. */
async function possibleKinds(
  manager: EntityManager,
  registryId: number,
  donated: boolean,
  of: Pick<CheckedEntry, 'caseCode' | 'donorCode' | 'org' | 'occurredOn'>,
): Promise<string[]> {
  // What may name a request, and need not, follows its donation.
  const asked = KINDS.filter(
    ({ subjects, guards }: KindDefinition) =>
      guards && subjects.donor && (subjects.case === '!' || (subjects.case === '?' && donated)),
  );
  const possible: string[] = [];
  for (const kind of asked) {
    const breaches = await findGuardBreaches(manager, registryId, new Map([[0, tryOut(kind, of)]]));
    if (breaches.size === 0) possible.push(kind.code);
  }
  return possible;
}

function tryOut(
  kind: KindDefinition,
  of: Pick<CheckedEntry, 'caseCode' | 'donorCode' | 'org' | 'occurredOn'>,
): CheckedEntry {
  const nothing = { sampleCode: null, reason: null, attributes: null, note: null, justification: null };
  return { ...nothing, ...of, id: '', kind, outcome: kind.outcomes?.[0]?.code ?? null, quantity: '1' };
}
