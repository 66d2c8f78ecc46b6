import type { DataSource } from 'typeorm';
import { closeAndRecompute } from '../../libs/indicators/recompute';
import { tellOfFrozen } from '../../libs/self-assessment/assessment-notice';
import type { FrozenAddress } from '../../libs/self-assessment/frozen-assessments.queries';
import { FILE_KINDS } from '../../libs/self-assessment/record';
import { REGISTRY } from './small-registry';

const KEY = 'registry_id = $1 and org = $2 and form = $3 and period = $4 and project = $5 and revision = $6';

/** Closes the months of a half-year, from its first one. */
export async function closeHalfYear(source: DataSource, year: string): Promise<void> {
  for (const month of ['01', '02', '03', '04', '05', '06']) {
    await closeAndRecompute(source, REGISTRY, `${year}-${month}`, 'reviewer');
  }
}

/** Takes an assessment with this data.json its whole way, in one transaction, and tells of it. */
export async function freezeAt(source: DataSource, address: FrozenAddress, data: object): Promise<void> {
  const { org, form, period, project, revision } = address;
  const key = [REGISTRY, org, form, period, project, revision];
  await source.transaction(async (manager) => {
    await manager.query(
      `insert into assessment (registry_id, org, form, period, project, revision, form_version, pack, pack_version,
          state, version, created_by, created_at)
        values ($1, $2, $3, $4, $5, $6, 1, 'default', 1, 'draft', 1, 'officer', now())`,
      key,
    );
    const step = (from: string, to: string, number: number) =>
      manager.query(
        `insert into assessment_step (registry_id, org, form, period, project, revision, number, from_state, to_state,
            actor, at, filled, rules, definitions, seals)
          values ($1, $2, $3, $4, $5, $6, $9, $7, $8, 'reviewer', now(), '{"lines": [{}]}', '{"code": "default"}', '', '[]')`,
        [...key, from, to, number],
      );
    const go = (to: string) =>
      manager.query(`update assessment set state = $7, version = version + 1 where ${KEY}`, [...key, to]);
    await step('draft', 'reviewed', 1);
    await go('reviewed');
    await step('reviewed', 'approved', 2);
    await go('approved');
    const bytes = Buffer.from(JSON.stringify(data));
    for (const kind of FILE_KINDS) {
      await manager.query(
        `insert into assessment_file (registry_id, org, form, period, project, revision, kind, name, bytes, sha256)
          values ($1, $2, $3, $4, $5, $6, $8, $8, $7, sha256($7))`,
        [...key, bytes, kind],
      );
    }
    await step('approved', 'frozen', 3);
    await go('frozen');
    await tellOfFrozen(manager, REGISTRY, address);
  });
}
