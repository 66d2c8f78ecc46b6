import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { ChainPoint } from '../accounts/verify-audit';
import type { Definitions } from '../catalogue/effective';
import { versionsOf } from '../catalogue/versions';
import { parsePeriod } from '../core/period';
import { findFirstMonths } from '../ledger/months.queries';
import { computedDefinitions } from '../metrics/definitions';
import { runsOn } from '../metrics/feeds';
import {
  closingsOf,
  distinct,
  findingsOfActs,
  findingsOfClosings,
  findingsOfMonths,
  monthsOf,
  nameOf,
} from './closing-history';
import type { SealFinding } from './seal-finding';
import {
  compareWithToday,
  findChain,
  findMonthEvents,
  findNotedSeals,
  recountEntries,
  recountFigures,
  type ChainLink,
  type KnownKeys,
  type NotedSeal,
  type ValueMoved,
} from './verify-seals.queries';
import { allowMemory } from './verify.queries';

export interface SealCheck {
  readonly registryId: number;
  /** The seals recomputed. */
  readonly checked: number;
  /** The entries and values that their hashes were made of anew. */
  readonly entries: number;
  readonly figures: number;
  /** How many places do not hold. */
  readonly drift: number;
  /** The first 100 of them. */
  readonly findings: readonly SealFinding[];
  /** The last seal of the chain, to be noted elsewhere; its hash is in hexadecimal. */
  readonly seq: string;
  readonly hash: string;
}

const FINDINGS = 100;

/**
 * Recomputes a registry's chain of seals from the ledger and the stored values (R21), by code that shares nothing with
 * what sealed them, and compares the closed periods' values of today with what was sealed. Reads one moment.
 *
 * @param known points of the chain that somebody has noted elsewhere
 */
export function verifySealsNow(
  dataSource: DataSource,
  registryId: number,
  known: readonly ChainPoint[] = [],
): Promise<SealCheck> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    await allowMemory(manager);
    return verifySeals(manager, registryId, known);
  });
}

/** The same in the caller's transaction, which must be of one moment. */
export async function verifySeals(
  manager: EntityManager,
  registryId: number,
  known: readonly ChainPoint[] = [],
): Promise<SealCheck> {
  const chain = await findChain(manager, registryId);
  const months = await findFirstMonths(manager, registryId);
  const events = await findMonthEvents(manager, registryId);
  const closings = closingsOf(events);
  const noted = [
    ...known.map((point) => ({ ...point, period: null, number: null, act: null, reason: null })),
    ...(await findNotedSeals(manager, registryId, monthsOf(months, events))),
  ];
  const findings = distinct([
    ...findingsOfClosings(chain, closings),
    ...findingsOfMonths(months, events),
    ...findingsOfChain(chain),
    ...findingsOfNoted(chain, noted),
    ...findingsOfActs(closings, noted),
  ]);
  const keys = knownKeys(await computedDefinitions(manager, registryId));
  let [entries, figures, drift] = [0, 0, findings.length];
  for (const seal of chain) {
    const found = (problem: SealFinding['problem'], value?: ValueMoved) => {
      if (findings.length < FINDINGS) findings.push({ period: seal.period, number: seal.number, problem, value });
    };
    const closed = closings.get(nameOf(seal));
    const stored = await recountFigures(manager, registryId, seal);
    figures += Number(stored.count);
    if (stored.count !== seal.figures || stored.hash !== seal.figuresHash) {
      drift += 1;
      found('figures');
    }
    if (parsePeriod(seal.period).grain === 'month') {
      const facts = await recountEntries(manager, registryId, seal.period, closed?.reopened?.position ?? null);
      entries += Number(facts.count);
      if (facts.count !== seal.entries || facts.hash !== seal.entriesHash) {
        drift += 1;
        found('entries');
      }
    }
    // Also where only a reopening that the ledger knows nothing of stands against it.
    if (!closed || (closed.reopened && closed.month >= months.firstOpen) || !closed.last) continue;
    const { moved, findings: values } = await compareWithToday(manager, registryId, seal, keys, FINDINGS);
    drift += Number(moved);
    for (const value of values) found('value', value);
  }
  const { seq, hash } = chain.at(-1) ?? { seq: '0', hash: '' };
  return {
    registryId,
    checked: chain.length,
    ...{ entries, figures, drift },
    ...{ findings: findings.slice(0, FINDINGS), seq, hash },
  };
}

function knownKeys({ metrics, indicators }: Definitions): KnownKeys {
  const carried = new Set(metrics.filter(runsOn).map(({ key }) => key));
  const rates = indicators.filter((rate) => versionsOf(rate).some(({ denominator }) => carried.has(denominator)));
  return {
    all: [...metrics, ...indicators].map(({ key }) => key),
    carried: [...carried, ...rates.map(({ key }) => key)],
  };
}

/** Each seal's hash reckoned anew from what it says, and its place after the one before it. */
function findingsOfChain(chain: readonly ChainLink[]): SealFinding[] {
  const findings: SealFinding[] = [];
  chain.forEach((seal, place) => {
    const { period, number } = seal;
    const before = chain[place - 1]?.hash ?? '';
    if (seal.seq !== String(place + 1) || seal.previous !== before)
      findings.push({ period, number, problem: 'broken' });
    if (hashOf(seal) !== seal.hash) findings.push({ period, number, problem: 'changed' });
  });
  return findings;
}

function hashOf(seal: ChainLink): string {
  const { seq, period, number, position, at, by, definitions, entries, entriesHash, figures, figuresHash } = seal;
  const text = (words: string | null) => JSON.stringify(words);
  const said = [seq, text(period), number, position, at, text(by), text(definitions), entries ?? 'null'];
  said.push(text(entriesHash), figures, text(figuresHash));
  return createHash('sha256')
    .update(Buffer.from(seal.previous, 'hex'))
    .update(`[${[seal.registryId, ...said].join(', ')}]`)
    .digest('hex');
}

/** What was noted of a seal holds of it. */
function findingsOfNoted(chain: readonly ChainLink[], noted: readonly NotedSeal[]): SealFinding[] {
  const byPlace = new Map(chain.map((seal) => [seal.seq, seal]));
  const byName = new Map(chain.map((seal) => [nameOf(seal), seal]));
  return noted.flatMap(({ seq, period, number, hash }) => {
    const seal = seq === null ? byName.get(`${period} ${number}`) : byPlace.get(seq);
    if (seal?.hash === hash) return [];
    return [
      { period: seal?.period ?? period, number: seal?.number ?? number, problem: seal ? 'rewritten' : 'missing' },
    ];
  });
}
