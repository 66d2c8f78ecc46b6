import type { DataSource } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { recordAct, type Act } from './audit';

/**
 * Does the work of a started job or verb, and records one act with its outcome in a transaction of its own: for work
 * that has many transactions, or none.
 *
 * @param detailOf what the act says of the work's result
 * @throws what the work throws, once that is recorded
 */
export async function startedJob<Result>(
  dataSource: DataSource,
  { registryId, actor, act, thing = null }: Pick<Act, 'registryId' | 'actor' | 'act'> & { thing?: string | null },
  work: () => Promise<Result>,
  detailOf: (result: Result) => Act['detail'] = () => null,
): Promise<Result> {
  const record = (result: Act['result'], detail: Act['detail']) =>
    recordAct(dataSource.manager, { registryId, actor, act, thing, org: null, address: null, result, detail });
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    const refused = error instanceof DomainError;
    await record(refused ? 'refused' : 'failed', { code: refused ? error.code : 'internal' }).catch(() => undefined);
    throw error;
  }
  await record('done', detailOf(result));
  return result;
}
