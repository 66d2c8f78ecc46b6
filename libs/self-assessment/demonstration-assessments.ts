import type { DataSource } from 'typeorm';
import { findAccount, findOrgCodesBelow } from '../accounts/accounts.queries';
import { DEMONSTRATION_ACCOUNTS } from '../accounts/demonstration-accounts';
import type { Principal } from '../accounts/principal';
import { permissionsOf, type RoleCode } from '../accounts/roles';
import type { AssessmentAddress } from './address';
import { dueIn } from '../assessment/due';
import { freezeAssessment, type MadeFile } from './freeze';
import { openAssessment, type OpenedAssessment } from './read-assessment';
import type { Seen } from './seen';
import { takeStep } from './steps';
import { BUDGET } from './typed-form';
import { writeTyped, type Typing } from './write-typed';

const [YEAR, HALF] = ['2024', '2024-H1'];

/** 万元: initial, adjusted, and executed in the half and in the year. */
const MONEY: readonly (readonly [row: string, initial: string, adjusted: string, half: string, year: string])[] = [
  ['total', '1300', '1305', '611.70', '1291.90'],
  ['general', '1240', '1245', '583.20', '1232.40'],
  ['fund', '0', '0', '0', '0'],
  ['non_tax', '0', '0', '0', '0'],
  ['other', '60', '60', '28.50', '59.50'],
  ['basic', '420', '420', '205.40', '419.60'],
  ['project', '880', '885', '406.30', '872.30'],
];

/** What no ledger holds. */
const REPORTED: Readonly<Record<string, object>> = {
  sampling_in_time: { actual: '及时', level: 'reached', score: '4', source: '部门总结（演示）' },
  public_expense: { actual: '96.4', source: '部门决算（演示）' },
  satisfaction: { actual: '98.2', source: '捐献者满意度调查（演示）' },
};

const CAUSE = '受配型申请的时间和志愿者个人安排影响（演示）。下一步加强跟踪回访，按月督促进度。';

/** Makes all that is handed in, as far as the principal may read the evidence: what is frozen has all its files. */
export type MakeAllFiles = (
  source: DataSource,
  principal: Principal,
  opened: OpenedAssessment,
  at: Date,
) => Promise<readonly MadeFile[]>;

/**
 * Fills the demonstration's self-assessments, so that there is something to look at: the half-year's is taken its whole
 * way, the year's is a draft. What somebody has begun stays as it is: broken off and called again, it goes on.
 */
export async function assessDemonstration(
  source: DataSource,
  registryId: number,
  makeFiles: MakeAllFiles,
): Promise<void> {
  const [officer, reviewer] = [
    await standIn(source, registryId, 'officer'),
    await standIn(source, registryId, 'reviewer'),
  ];
  if (!officer || !reviewer) return;
  const year = { registryId, form: 'hunan', period: YEAR };
  const half = { ...year, period: HALF };
  await fill(source, officer, year);
  await fill(source, officer, half);
  await takeThrough(source, reviewer, half, makeFiles);
}

async function fill(source: DataSource, officer: Principal, address: AssessmentAddress): Promise<void> {
  const { record } = await openAssessment(source, address);
  if (record.revision > 0) return;
  const isHalf = address.period === HALF;
  const budget = MONEY.map(([row, initial, adjusted, inHalf, inYear]) => {
    return [BUDGET + row, { initial, adjusted, executed: isHalf ? inHalf : inYear }] as const;
  });
  const typing: Typing = new Map<string, object>([...budget, ...Object.entries(REPORTED)]);
  const { record: typed, filled } = await writeTyped(source, officer, address, typing, 0);
  // The year's draft keeps its causes open: there is something left to write.
  if (!isHalf) return;
  const causes = dueIn(filled).map(({ place }) => [place, { ...typing.get(place), cause: CAUSE }] as const);
  if (causes.length > 0) await writeTyped(source, officer, address, new Map(causes), typed.version);
}

async function takeThrough(
  source: DataSource,
  reviewer: Principal,
  address: AssessmentAddress,
  makeFiles: MakeAllFiles,
): Promise<void> {
  const { record, filled, fingerprint } = await openAssessment(source, address);
  if (record.revision !== 1 || record.state === 'frozen' || dueIn(filled).length > 0) return;
  // Whom it was returned by has it in hand.
  if (record.steps.some(({ to }) => to === 'draft')) return;
  let seen: Seen = { version: record.version, fingerprint };
  for (const to of ['reviewed', 'approved'] as const) {
    if (record.state === to || (record.state === 'approved' && to === 'reviewed')) continue;
    const taken = await takeStep(source, reviewer, address, { to, note: null, seen });
    seen = { ...seen, version: taken.record.version };
  }
  await freezeAssessment(source, reviewer, address, seen, (opened, at) => makeFiles(source, reviewer, opened, at));
}

/** The demonstration's account of a role, of the whole registry. */
async function standIn(source: DataSource, registryId: number, role: RoleCode): Promise<Principal | undefined> {
  const known = DEMONSTRATION_ACCOUNTS.find((one) => one.role === role && !one.inCity);
  const account = known && (await findAccount(source.manager, registryId, { name: known.name }));
  if (!account || account.role !== role) return undefined;
  const { id: accountId, name, org } = account;
  const orgs = new Set(await findOrgCodesBelow(source.manager, registryId, org));
  const who = { registryId, accountId, name, role, permissions: permissionsOf(role), org, orgs };
  return { ...who, via: 'system', address: null };
}
