import type { EntityManager } from 'typeorm';
import type { Chosen } from '../catalogue/effective';

/** A choice with who made it, when and why. */
export interface RecordedChoice extends Chosen {
  readonly reason: string;
  readonly position: string;
  readonly recordedAt: Date;
  readonly recordedBy: string;
}

const CHOSEN = `s.number, s.key, s.choice, to_char(s.since, 'YYYY-MM') as since`;

/** What a registry has chosen, in the order of choosing. */
export async function findChosen(manager: EntityManager, registryId: number): Promise<Chosen[]> {
  return manager.query(`select ${CHOSEN} from setting s where s.registry_id = $1 order by s.number`, [registryId]);
}

/** What a registry had chosen when its values were computed. */
export async function findChosenAtComputing(manager: EntityManager, registryId: number): Promise<Chosen[]> {
  return manager.query(
    `select ${CHOSEN} from setting s
      where s.registry_id = $1
        and s.number <= coalesce((select settings from recompute_head where registry_id = $1), 0)
      order by s.number`,
    [registryId],
  );
}

/** What a registry had chosen up to a position of its ledger. */
export async function findChosenUpTo(manager: EntityManager, registryId: number, position: string): Promise<Chosen[]> {
  return manager.query(
    `select ${CHOSEN} from setting s where s.registry_id = $1 and s.position <= $2 order by s.number`,
    [registryId, position],
  );
}

/** The same with who chose, when and why. */
export async function findRecordedChoices(manager: EntityManager, registryId: number): Promise<RecordedChoice[]> {
  return manager.query(
    `select ${CHOSEN}, s.reason, s.position, w.recorded_at as "recordedAt", w.recorded_by as "recordedBy"
      from setting s join ledger_write w on w.registry_id = s.registry_id and w.position = s.position
      where s.registry_id = $1 order by s.number`,
    [registryId],
  );
}

/** Adds a choice under the registry's lock; tells its number. */
export async function callChooseSetting(
  manager: EntityManager,
  registryId: number,
  { key, choice, since, actor, reason }: Omit<Chosen, 'number'> & { readonly actor: string; readonly reason: string },
): Promise<number> {
  const [{ number }] = await manager.query('select choose_setting($1, $2, $3, $4::date, $5, $6) as number', [
    registryId,
    key,
    choice,
    `${since}-01`,
    actor,
    reason,
  ]);
  return number;
}
