import type { EntityManager } from 'typeorm';
import type { Subject } from '../catalogue/kind-definition';
import { queryPrepared } from '../database/prepared.queries';
import {
  DONOR_FIELDS,
  DONORS_OF,
  IS_OPENING_KNOWN,
  placed,
  UNMET,
  withoutJoin,
  type DonorEntry,
  type GuardCheck,
} from './guard.queries';
import { SUBJECTS } from './subject-code';

/** Which entries of some subjects are asked for. */
export interface KindsOf {
  readonly codes: readonly string[];
  readonly kinds: readonly string[];
}

/** All that the guards of one write have to be told by the ledger. */
export interface GuardQuestion {
  /** Whether it is known without the ledger that an opening stock stands. */
  readonly openingCertain: boolean;
  readonly histories: KindsOf;
  readonly standing: Readonly<Record<Subject, KindsOf>>;
  readonly cases: readonly string[];
  readonly samples: readonly string[];
  readonly checks: Readonly<Record<Subject, readonly GuardCheck[]>>;
}

export interface StandingRow {
  readonly subject: Subject;
  readonly kind: string;
  readonly outcome: string | null;
  readonly code: string;
  readonly occurredOn: string;
}

export interface GuardAnswer {
  readonly openingKnown: boolean;
  readonly histories: readonly DonorEntry[];
  readonly standing: readonly StandingRow[];
  readonly donors: readonly { subject: 'case' | 'sample'; code: string; donors: string[] }[];
  /** The places of the checks that nothing meets. */
  readonly unmet: Readonly<Record<Subject, readonly number[]>>;
}

const listOf = (select: string) => `(select coalesce(json_agg(l), '[]') from (${select}) l)`;

/** Of some kinds, those that stand: the subject's index is probed for each code, however many there are. */
const among = (column: string, codes: number) => `
  (select distinct unnest($${codes}::text[]) as code) asked cross join lateral (
    select * from entry e where e.registry_id = $1 and e.${column} = asked.code offset 0
  ) e
  where e.kind = any($${codes + 1}::text[]) and ${withoutJoin('e')}`;

const standingOf = (subject: Subject, column: string, codes: number) => `
  select '${subject}' as subject, e.kind, e.outcome, e.${column} as code, e.occurred_on as "occurredOn"
  from ${among(column, codes)}`;

// Nothing in it can be planned as a join. Which index is best it still learns from the ledger's size.
const GUARD_FACTS = `
  with opening as materialized (select $2::boolean or ${IS_OPENING_KNOWN} as known)
  select known as "openingKnown",
    ${listOf(`select ${DONOR_FIELDS} from ${among('donor_code', 3)} order by e.occurred_on, e.id`)} as histories,
    ${listOf(
      [
        standingOf('donor', 'donor_code', 5),
        standingOf('case', 'case_code', 7),
        standingOf('sample', 'sample_code', 9),
      ].join(' union all '),
    )} as standing,
    ${listOf(DONORS_OF('$11', '$12'))} as donors,
    json_build_object(
      'donor', array(${UNMET('donor', '$13', 'known')}),
      'case', array(${UNMET('case', '$14', 'known')}),
      'sample', array(${UNMET('sample', '$15', 'known')})
    ) as unmet
  from opening`;

/** From so many codes and checks on, a plan of their own costs them nothing, and one kept from an empty ledger would cost much. */
const MANY = 500;

/** What there is to say where nothing was asked. */
export const NOTHING_ASKED: GuardAnswer = {
  openingKnown: false,
  histories: [],
  standing: [],
  donors: [],
  unmet: { donor: [], case: [], sample: [] },
};

/** Everything at once: writers wait for one another from the look-up to the commit. */
export async function findGuardFacts(
  manager: EntityManager,
  registryId: number,
  { openingCertain, histories, standing, cases, samples, checks }: GuardQuestion,
): Promise<GuardAnswer> {
  const asked = SUBJECTS.reduce(
    (sum, subject) => sum + standing[subject].codes.length + checks[subject].length,
    histories.codes.length + cases.length + samples.length,
  );
  const values = [
    registryId,
    openingCertain,
    histories.codes,
    histories.kinds,
    ...SUBJECTS.flatMap((subject) => [standing[subject].codes, standing[subject].kinds]),
    cases,
    samples,
    placed(checks.donor),
    placed(checks.case),
    placed(checks.sample),
  ];
  const [answer] =
    asked >= MANY
      ? await manager.query<GuardAnswer[]>(GUARD_FACTS, values)
      : await queryPrepared<GuardAnswer>(manager, 'guard_facts', GUARD_FACTS, values);
  if (!answer) throw new Error('an aggregate has a row');
  return answer;
}
