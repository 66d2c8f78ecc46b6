import type { EntityManager } from 'typeorm';
import type { RoleCode } from './roles';

/** An account with what proves it. */
export interface ProvableAccount {
  readonly registryId: number;
  readonly id: string;
  readonly name: string;
  readonly role: RoleCode;
  readonly org: string;
  readonly demonstration: boolean;
  readonly disabled: boolean;
  readonly passwordHash: string | null;
  readonly totpConfirmed: boolean;
}

const PROVABLE = `a.registry_id as "registryId", a.id, a.name, a.role, a.org, a.demonstration,
  a.disabled_at is not null as disabled, s.password_hash as "passwordHash",
  s.totp_confirmed_at is not null as "totpConfirmed"
  from account a join account_secret s on s.registry_id = a.registry_id and s.account_id = a.id`;

/** Of every registry, or of the one whose root org has this code. */
export async function findAccountsNamed(
  manager: EntityManager,
  name: string,
  root: string | null,
): Promise<ProvableAccount[]> {
  return manager.query(
    `select ${PROVABLE}
      where a.name = $1 and ($2::text is null or exists (
        select from org o
        where o.registry_id = a.registry_id and o.parent is null and lower(o.org) = $2))
      order by a.registry_id limit 2`,
    [name, root],
  );
}

export async function findProvableAccount(
  manager: EntityManager,
  registryId: number,
  id: string,
): Promise<ProvableAccount | undefined> {
  const [account] = await manager.query(`select ${PROVABLE} where a.registry_id = $1 and a.id = $2`, [registryId, id]);
  return account;
}

export async function findFirstRegistry(manager: EntityManager): Promise<number | undefined> {
  const [registry] = await manager.query('select min(registry_id) as id from registry');
  return registry?.id ?? undefined;
}

export interface AttemptRule {
  /** How many attempts are free. */
  readonly free: number;
  /** The first wait; it doubles with each further attempt. */
  readonly waitSeconds: number;
  readonly longestWaitSeconds: number;
}

const OF_ACCOUNT = 'account ';
const NAME_LENGTH = 64;

/** The subject that attempts at a name are counted under, whether anybody has it or not. */
export function subjectOfName(name: string): string {
  return OF_ACCOUNT + name.slice(0, NAME_LENGTH);
}

/** The same of an account `a`. */
export const SUBJECT_OF_ACCOUNT = `'${OF_ACCOUNT}' || left(a.name, ${NAME_LENGTH})`;

/** How many attempts `a` are forgiven by now: one in each longest wait, as often as who is locked out may try again. */
const FORGIVEN = 'floor(extract(epoch from now() - a.tried_at) / $5::float8)::int';

/**
 * Counts an attempt before it is made, so that many at once are counted too. What is left of them is forgiven from
 * `tried_at` on: an office in which somebody types wrongly every hour is not locked out by the end of its week.
 *
 * @returns for how many seconds none is allowed; nothing when this one is
 */
export async function takeAttempt(
  manager: EntityManager,
  registryId: number,
  subject: string,
  rule: AttemptRule,
): Promise<number | undefined> {
  const [taken] = await manager.query(
    `insert into sign_in_attempt as a (registry_id, subject, attempts, tried_at) values ($1, $2, 1, now())
      on conflict (registry_id, subject) do update set attempts = greatest(a.attempts - ${FORGIVEN}, 0) + 1,
        tried_at = case when a.attempts > ${FORGIVEN} then a.tried_at + make_interval(secs => $5::float8 * ${FORGIVEN})
          else now() end,
        locked_until = case when a.attempts - ${FORGIVEN} + 1 >= $3
          then now() + make_interval(secs => least($5::float8, $4 * power(2, least(a.attempts - ${FORGIVEN} + 1 - $3, 30)))) end
        where a.locked_until is null or a.locked_until <= now()
      returning attempts`,
    [registryId, subject, rule.free, rule.waitSeconds, rule.longestWaitSeconds],
  );
  if (taken) return undefined;
  const [locked] = await manager.query(
    `select ceil(extract(epoch from locked_until - now()))::int as seconds from sign_in_attempt
      where registry_id = $1 and subject = $2 and locked_until > now()`,
    [registryId, subject],
  );
  return locked?.seconds ?? 1;
}

export async function forgetAttempts(manager: EntityManager, registryId: number, subject: string): Promise<void> {
  await manager.query('delete from sign_in_attempt where registry_id = $1 and subject = $2', [registryId, subject]);
}

/** An attempt that came in is not held against the address; those before it are. */
export async function giveAttemptBack(
  manager: EntityManager,
  registryId: number,
  subject: string,
  { free }: AttemptRule,
): Promise<void> {
  await manager.query(
    `update sign_in_attempt set attempts = greatest(attempts - 1, 0),
        locked_until = case when attempts - 1 >= $3 then locked_until end
      where registry_id = $1 and subject = $2`,
    [registryId, subject, free],
  );
}

/** What no longer says anything. */
export async function sweepAttempts(manager: EntityManager, registryId: number): Promise<void> {
  await manager.query(`delete from sign_in_attempt where registry_id = $1 and tried_at < now() - interval '1 day'`, [
    registryId,
  ]);
}
