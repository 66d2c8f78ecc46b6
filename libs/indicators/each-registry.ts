/**
 * Does the work for every registry, also when it fails for one before.
 *
 * @throws the failure, or an `AggregateError` of all of them
 */
export async function inEachRegistry(
  registryIds: readonly number[],
  work: (registryId: number) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const registryId of registryIds) await work(registryId).catch((error: unknown) => failures.push(error));
  if (failures.length > 1) throw new AggregateError(failures, failures.map(String).join('; '));
  if (failures.length === 1) throw failures[0];
}
