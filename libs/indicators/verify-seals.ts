import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { ChainPoint } from '../accounts/verify-audit';
import { INDICATORS } from '../catalogue/indicators';
import { parsePeriod, periodsEndingWith } from '../core/period';
import { ALL_METRICS, runsOn } from '../metrics/feeds';
import {
  compareWithToday,
  findChain,
  findClosings,
  findNotedSeals,
  recountEntries,
  recountFigures,
  type ChainLink,
  type KnownKeys,
  type NotedSeal,
  type ValueMoved,
} from './verify-seals.queries';
import { allowMemory } from './verify.queries';

/** Where the seals do not hold. */
export interface SealFinding {
  readonly period: string | null;
  readonly number: number | null;
  /**
   * `missing`: the period was closed, or an earlier recount saw the seal, and there is none. `added`: the period was not
   * closed so often. `broken`: does not follow the seal before it. `changed`: its hash is not that of what it says.
   * `rewritten`: another hash was noted before. `entries`: the ledger's entries of the month are others. `figures`: the
   * values stored with it are others. `value`: a value of today is not what was sealed.
   */
  readonly problem: 'missing' | 'added' | 'broken' | 'changed' | 'rewritten' | 'entries' | 'figures' | 'value';
  /** Of `value`: which one, as it was sealed and as it is. */
  readonly value?: ValueMoved;
}

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

const carriedMetrics = new Set(ALL_METRICS.filter(runsOn).map(({ key }) => key));
const KNOWN: KnownKeys = {
  all: [...ALL_METRICS, ...INDICATORS].map(({ key }) => key),
  carried: [
    ...carriedMetrics,
    ...INDICATORS.filter(({ denominator }) => carriedMetrics.has(denominator)).map(({ key }) => key),
  ],
};

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
  const closings = await findTimesClosed(manager, registryId, chain);
  const findings = [...findingsOfClosings(chain, closings), ...findingsOfChain(chain)];
  const months = [...new Set([...closings.values()].map(({ month }) => month))];
  const noted = known.map((point) => ({ ...point, period: null, number: null }));
  findings.push(...findingsOfNoted(chain, [...noted, ...(await findNotedSeals(manager, registryId, months))]));
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
      const facts = await recountEntries(manager, registryId, seal.period, closed?.reopenedAt ?? null);
      entries += Number(facts.count);
      if (facts.count !== seal.entries || facts.hash !== seal.entriesHash) {
        drift += 1;
        found('entries');
      }
    }
    if (!closed?.standing) continue;
    const { moved, findings: values } = await compareWithToday(manager, registryId, seal, KNOWN, FINDINGS);
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

/** One time that a period was closed. */
interface TimeClosed {
  readonly period: string;
  readonly number: number;
  /** The month that was closed. */
  readonly month: string;
  readonly reopenedAt: string | null;
  readonly standing: boolean;
  /** Whether it must have a seal: what an earlier version closed and reopened has none. */
  readonly sealed: boolean;
}

async function findTimesClosed(
  manager: EntityManager,
  registryId: number,
  chain: readonly ChainLink[],
): Promise<Map<string, TimeClosed>> {
  const first = chain[0]?.position;
  const times = new Map<string, TimeClosed>();
  const numbers = new Map<string, number>();
  for (const { month, position, reopenedAt } of await findClosings(manager, registryId)) {
    const number = (numbers.get(month) ?? 0) + 1;
    numbers.set(month, number);
    const standing = reopenedAt === null;
    const sealed = standing || (first !== undefined && BigInt(position) >= BigInt(first));
    for (const { code: period } of periodsEndingWith(month)) {
      times.set(nameOf({ period, number }), { period, number, month, reopenedAt, standing, sealed });
    }
  }
  return times;
}

function findingsOfClosings(chain: readonly ChainLink[], closings: ReadonlyMap<string, TimeClosed>): SealFinding[] {
  const names = new Set(chain.map(nameOf));
  const missing = [...closings.values()].filter((time) => time.sealed && !names.has(nameOf(time)));
  const added = chain.filter((seal) => !closings.has(nameOf(seal)));
  return [
    ...missing.map(({ period, number }) => ({ period, number, problem: 'missing' as const })),
    ...added.map(({ period, number }) => ({ period, number, problem: 'added' as const })),
  ];
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

function findingsOfNoted(chain: readonly ChainLink[], noted: readonly NotedSeal[]): SealFinding[] {
  const byPlace = new Map(chain.map((seal) => [seal.seq, seal]));
  const byName = new Map(chain.map((seal) => [nameOf(seal), seal]));
  const findings = new Map<string, SealFinding>();
  for (const { seq, period, number, hash } of noted) {
    const seal = seq === null ? byName.get(`${period} ${number}`) : byPlace.get(seq);
    if (seal?.hash === hash) continue;
    // What the audit log names and the chain lacks is found by the closing, too.
    if (!seal && seq === null) continue;
    const where = { period: seal?.period ?? null, number: seal?.number ?? null };
    findings.set(seal ? nameOf(seal) : '', { ...where, problem: seal ? 'rewritten' : 'missing' });
  }
  return [...findings.values()];
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

function nameOf({ period, number }: { readonly period: string; readonly number: number }): string {
  return `${period} ${number}`;
}
