import type { DataSource } from 'typeorm';
import { readCursor, writeCursor } from '../core/cursor';
import { DomainError } from '../core/domain-error';
import { dateInShanghai } from '../core/period';
import { WORKLISTS, type Move, type WorklistDefinition } from '../catalogue/worklists';
import {
  countWaiting,
  findWaiting,
  type WaitingCount,
  type WaitingScope,
  type WaitMove,
  type Waiting,
  type WaitStep,
} from './worklists.queries';

export interface WorklistQuestion {
  readonly registryId: number;
  /** The root of the subtree whose people wait. */
  readonly org: string;
  /** The day on which it is asked; today unless said. */
  readonly today?: string;
}

export interface WorklistPage {
  readonly list: WorklistDefinition;
  readonly waiting: readonly Waiting[];
  readonly next: string | null;
}

/** How many wait in each list, by org, and for how long. */
export async function readWorklists(
  source: DataSource,
  question: WorklistQuestion,
): Promise<{ readonly lists: readonly WorklistDefinition[]; readonly counts: readonly WaitingCount[] }> {
  const counts = await countWaiting(source.manager, scopeOf(question), movesOf(WORKLISTS), stepsOf(WORKLISTS));
  return { lists: WORKLISTS, counts };
}

/**
 * One list, the longest due first, a page at a time.
 *
 * @throws {DomainError} when there is no such list, or the cursor cannot be read
 */
export async function readWorklist(
  source: DataSource,
  question: WorklistQuestion & {
    readonly key: string;
    readonly overdueOnly?: boolean;
    readonly after?: string;
    readonly limit?: number;
  },
): Promise<WorklistPage> {
  const list = WORKLISTS.find(({ key }) => key === question.key);
  if (!list) {
    throw new DomainError(
      'worklist_unknown',
      { zh: `没有名为“${question.key}”的待办清单。`, en: `There is no worklist "${question.key}".` },
      { field: 'key' },
    );
  }
  const limit = question.limit ?? 50;
  const found = await findWaiting(source.manager, scopeOf(question), movesOf([list]), stepsOf([list]), {
    after: readCursor(question.after),
    overdueOnly: question.overdueOnly ?? false,
    limit: limit + 1,
  });
  const waiting = found.slice(0, limit);
  const last = waiting.at(-1);
  return { list, waiting, next: found.length > limit && last ? writeCursor({ day: last.dueOn, id: last.id }) : null };
}

/** What all lists wait for, and by when. */
export function allNorms(): {
  readonly lists: readonly WorklistDefinition[];
  readonly moves: readonly WaitMove[];
  readonly steps: readonly WaitStep[];
} {
  return { lists: WORKLISTS, moves: movesOf(WORKLISTS), steps: stepsOf(WORKLISTS) };
}

function scopeOf({ registryId, org, today }: WorklistQuestion): WaitingScope {
  return { registryId, org, today: today ?? dateInShanghai(new Date()) };
}

function movesOf(lists: readonly WorklistDefinition[]): WaitMove[] {
  return lists.flatMap(({ key, on, begins, ends, over }) => {
    const moves = (role: WaitMove['role'], of: readonly Move[]): WaitMove[] =>
      of.flatMap(({ kind, outcomes = [''] }) => outcomes.map((outcome) => ({ key, on, role, kind, outcome })));
    const pauses =
      on === 'case'
        ? [...moves('holds', [{ kind: 'RequestHeld' }]), ...moves('resumes', [{ kind: 'RequestResumed' }])]
        : [];
    return [...moves('begins', [begins]), ...moves('ends', ends), ...moves('over', over), ...pauses];
  });
}

function stepsOf(lists: readonly WorklistDefinition[]): WaitStep[] {
  return lists.flatMap(({ key, due }) =>
    due.map((days, index) => {
      const before = due[index - 1];
      const opens = before === undefined ? -1 : Math.floor((before + days) / 2);
      return { key, step: index + 1, opens, due: days };
    }),
  );
}
