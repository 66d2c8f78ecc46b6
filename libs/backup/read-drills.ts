import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { findDrills, type Drill } from './drill.queries';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * A page of a registry's drills, the latest first.
 *
 * @param after `next` of the page before
 * @throws {DomainError} when that cannot be read
 */
export async function readDrills(
  manager: EntityManager,
  registryId: number,
  { after, limit = 50 }: { after?: string; limit?: number } = {},
): Promise<{ drills: Drill[]; next: string | null }> {
  if (after !== undefined && !(INSTANT.test(after) && Date.parse(after))) {
    throw new DomainError(
      'cursor_not_readable',
      { zh: '翻页标记无法识别，请从第一页重新打开。', en: 'The page mark cannot be read; start from the first page.' },
      { field: 'after' },
    );
  }
  const found = await findDrills(manager, registryId, limit + 1, after);
  const drills = found.slice(0, limit);
  return { drills, next: found.length > limit ? (drills.at(-1)?.startedAt.toISOString() ?? null) : null };
}
