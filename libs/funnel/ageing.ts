import type { DataSource } from 'typeorm';
import { AGE_BANDS, type AgeBand } from '../catalogue/age-bands';
import { FIRST_MILESTONE, MILESTONES, WAY, type MilestoneDefinition } from '../catalogue/milestones';
import { DomainError } from '../core/domain-error';
import { isCalendarDate } from '../core/period';
import type { WorklistDefinition } from '../catalogue/worklists';
import { allNorms } from '../ledger/worklists';
import { asOf, type AsOf } from './as-of';
import { readCaseCursor } from './case-cursor';
import { findLateness, type LatenessRow } from './lateness.queries';
import { requireMilestone } from './milestone';
import { countByAge, findOpen, type AgeingRow, type OpenCase } from './open-cases.queries';
import { page } from './times';

export interface AgeingQuestion {
  readonly registryId: number;
  readonly org: string;
  readonly own?: boolean;
  readonly by?: 'org';
  /** `YYYY-MM-DD`; today in Asia/Shanghai unless said. */
  readonly day?: string;
  /** What the age is counted from: the first request, unless said, or the milestone that the case stands at. */
  readonly since?: 'request' | 'milestone';
  readonly asOf?: string;
}

/** The open cases by milestone and age without pauses, and who is late against the norms of the worklists. */
export interface Ageing {
  readonly day: string;
  readonly asOf: AsOf;
  readonly bands: readonly AgeBand[];
  readonly milestones: readonly MilestoneDefinition[];
  readonly ages: readonly AgeingRow[];
  readonly norms: readonly WorklistDefinition[];
  /** As the ledger stands now, whatever `asOf` says: who waits now is a question of today. */
  readonly lateness: readonly LatenessRow[];
}

/** @throws {DomainError} when the day or the position cannot be read */
export async function readAgeing({ manager }: Pick<DataSource, 'manager'>, question: AgeingQuestion): Promise<Ageing> {
  const { registryId, org, own = false, by, since } = question;
  const known = await asOf(manager, registryId, question.asOf);
  const day = readDay(question.day ?? known.today);
  const scope = { registryId, org, own, byOrg: by === 'org', position: known.position };
  const open = { ...scope, day, from: FIRST_MILESTONE.move, to: null, way: WAY };
  const norms = allNorms();
  const [ages, lateness] = await Promise.all([
    countByAge(manager, open, AGE_BANDS, since === 'milestone'),
    findLateness(manager, { ...scope, today: day }, norms),
  ]);
  return { day, asOf: known, bands: AGE_BANDS, milestones: MILESTONES, ages, norms: norms.lists, lateness };
}

export interface AgeingCasesQuestion extends Omit<AgeingQuestion, 'by'> {
  readonly milestone?: string;
  /** Key of a band. */
  readonly band?: string;
  readonly after?: string;
  readonly limit?: number;
}

/** The open cases, the oldest first, a page at a time. @throws {DomainError} as `readAgeing`, or for what is unknown */
export async function readAgeingCases(
  { manager }: Pick<DataSource, 'manager'>,
  question: AgeingCasesQuestion,
): Promise<{ day: string; asOf: AsOf; cases: readonly OpenCase[]; next: string | null }> {
  const { registryId, org, own = false, since, limit = 50 } = question;
  const milestone = question.milestone === undefined ? null : requireMilestone(question.milestone, 'milestone').key;
  const band = question.band === undefined ? null : requireBand(question.band);
  const after = readCaseCursor(question.after);
  const known = await asOf(manager, registryId, question.asOf);
  const day = readDay(question.day ?? known.today);
  const scope = { registryId, org, own, byOrg: false, position: known.position };
  const open = { ...scope, day, from: FIRST_MILESTONE.move, to: null, way: WAY };
  const asked = { sinceMilestone: since === 'milestone', milestone, band, after, limit: limit + 1 };
  const found = await findOpen(manager, open, asked);
  return { day, asOf: known, ...page(found, limit, ({ beganOn }) => beganOn) };
}

function readDay(day: string): string {
  if (isCalendarDate(day)) return day;
  throw new DomainError(
    'date_not_readable',
    {
      zh: `“${day}”不是日历上的一天，应写作 2024-05-31。`,
      en: `"${day}" is no day of the calendar; write 2024-05-31.`,
    },
    { field: 'day' },
  );
}

function requireBand(key: string): AgeBand {
  const band = AGE_BANDS.find((one) => one.key === key);
  if (band) return band;
  const known = AGE_BANDS.map((one) => one.key).join(', ');
  throw new DomainError(
    'band_unknown',
    { zh: `没有时长段“${key}”，可用：${known}。`, en: `There is no band "${key}"; there are ${known}.` },
    { field: 'band' },
  );
}
