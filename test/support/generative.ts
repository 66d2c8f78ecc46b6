import fc from 'fast-check';
import { verifyAudit } from '../../libs/accounts/verify-audit';
import { verify } from '../../libs/indicators/verify';
import { GENERATED_CALL, GeneratedCalls } from './generated-calls';
import { HttpApplication } from './http-application';
import { seedOf } from './seed';
import { createSmallRegistry, opening, REGISTRY } from './small-registry';
import { marksTaken } from './sound-values';
import { createTestDatabase } from './test-database';

/**
 * Throws so many entries and rows of files at the API, and holds each answer, and at the end the ledger, against what
 * was sent. A failure says its seed, which `GENERATIVE_SEED` takes.
 */
export async function throwAtTheApi(rows: number): Promise<void> {
  const seed = seedOf('GENERATIVE_SEED');
  const database = await createTestDatabase();
  try {
    await createSmallRegistry(database.source);
    const api = await HttpApplication.start({ databaseUrl: database.url });
    try {
      const calls = new GeneratedCalls(api, database.source);
      const openings = ['A', 'B'].flatMap((org) => opening(org));
      expect((await api.post('/api/entries', { entries: openings })).body).toMatchObject({ created: openings.length });
      for (const one of openings) calls.model.add({ ...one }, one.id);
      for (let round = 0; calls.sent < rows; round += 1) {
        const property = fc.asyncProperty(GENERATED_CALL, (call) => calls.send(call));
        await fc.assert(property, { numRuns: 20, seed: seed + round, endOnFailure: true });
      }
      // A run in which hardly anything was good would prove little.
      expect(calls.model.entries).toBeGreaterThan(rows / 5);
      await marksTaken(database.source);
      await calls.model.expectEqual(database.source);
    } finally {
      await api.close();
    }
    const result = await verify(database.source, REGISTRY);
    expect(result).toMatchObject({ drift: 0, waiting: 0, findings: [] });
    expect(await verifyAudit(database.source.manager, REGISTRY)).toMatchObject({ broken: 0, findings: [] });
  } catch (error) {
    throw new Error(`GENERATIVE_SEED=${seed}: ${(error as Error).message}`, { cause: error });
  } finally {
    await database.drop();
  }
}
