import type { EntityManager } from 'typeorm';
import type { Principal } from '../accounts/principal';
import { DomainError } from '../core/domain-error';
import type { FoundPlace } from './address';
import { insertAssessment, lockLatest, type AssessmentRow } from './assessments.queries';
import { findRules } from './find-rules';
import type { AssessmentState } from './record';

/**
 * The latest revision, kept from every other writer until commit. The first write makes the record.
 *
 * @throws {DomainError} when the writer has seen a version that there is not
 */
export async function lockRecord(
  manager: EntityManager,
  principal: Principal,
  { place, form }: FoundPlace,
  seen: number,
): Promise<AssessmentRow> {
  let row = await lockLatest(manager, place);
  if (!row) {
    const { rules } = await findRules(manager, place.registryId, form.pack);
    const [formVersion, packVersion] = [form.version, rules.version];
    const first = { ...place, revision: 1, formVersion, pack: rules.code, packVersion, version: 0 };
    // Somebody else may just have made it: then theirs stands.
    await insertAssessment(manager, { ...first, createdBy: principal.name });
    row = await lockLatest(manager, place);
  }
  if (!row) throw new Error('what was made is there');
  if (seen > row.version) {
    throw new DomainError(
      'assessment_version_unknown',
      {
        zh: `版本 ${seen} 比现有的 ${row.version} 还新，请刷新后再写。`,
        en: `Version ${seen} is newer than ${row.version}, which stands. Read it again before you write.`,
      },
      { field: 'version' },
    );
  }
  return row;
}

const STATES: Readonly<Record<AssessmentState, string>> = {
  draft: '草稿',
  reviewed: '已审核',
  approved: '已批准',
  frozen: '已定稿',
};

/** @throws {DomainError} when the record is not in the state that an act needs */
export function requireState(row: Pick<AssessmentRow, 'state'>, ...states: readonly AssessmentState[]): void {
  if (states.includes(row.state)) return;
  const wanted = states.map((state) => STATES[state]).join('或');
  const hint = row.state === 'frozen' ? '定稿不能再改，请另开修订。' : '请先退回再改。';
  throw new DomainError(
    'assessment_not_in_state',
    {
      zh: `这份自评表${STATES[row.state]}，这一步要求它是${wanted}。${states.includes('draft') ? hint : ''}`,
      en: `This assessment is ${row.state}; it must be ${states.join(' or ')} for that.`,
    },
    { state: row.state },
  );
}
