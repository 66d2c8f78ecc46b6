import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedServer } from '../../libs/database/embedded-server';
import stopTestServer from './global-teardown';
import { prepareTemplate } from './template';

/** What the tests' data would not survive does not matter; how fast they are does. */
const FORGETFUL = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** One server for all test files. They find it by `TEST_OWNER_URL` and `TEST_APPLICATION_URL`, both of database `postgres`. */
export default async function startTestServer(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'marrow-ledger-test-'));
  globalThis.testServer = { dataDir };
  // Jest tears nothing down that was not set up whole, nor when it is interrupted.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stopTestServer().finally(() => process.exit(1)));
  }
  try {
    // As root the server runs as another user, who must be able to enter.
    await chmod(dataDir, 0o755);
    const server = await openEmbeddedServer({ dataDir, settings: FORGETFUL });
    globalThis.testServer = { dataDir, server };
    process.env.TEST_OWNER_URL = server.ownerUrl('postgres');
    process.env.TEST_APPLICATION_URL = server.applicationUrl('postgres');
    await prepareTemplate(server);
  } catch (error) {
    await stopTestServer();
    throw error;
  }
}
