import { rm } from 'node:fs/promises';
import type { EmbeddedServer } from '../../libs/database/embedded-server';

declare global {
  /** Set up and torn down in two modules of one process. */
  var testServer: { readonly dataDir: string; readonly server?: EmbeddedServer } | undefined;
}

export default async function stopTestServer(): Promise<void> {
  if (!globalThis.testServer) return;
  const { server, dataDir } = globalThis.testServer;
  globalThis.testServer = undefined;
  await server?.close();
  await rm(dataDir, { recursive: true, force: true });
}
