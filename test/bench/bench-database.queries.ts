import type { Client } from 'pg';

/** What autovacuum and the checkpointer would do, done now, so that they do not do it in the midst of a measurement. */
export async function settle(owner: Client): Promise<void> {
  await owner.query('vacuum (analyze)');
  await checkpoint(owner);
}

export async function checkpoint(owner: Client): Promise<void> {
  await owner.query('checkpoint');
}

export async function copyDatabase(owner: Client, name: string, copy: string): Promise<void> {
  await owner.query(`create database "${copy}" template "${name}"`);
}

export async function dropDatabase(owner: Client, name: string): Promise<void> {
  await owner.query(`drop database "${name}" with (force)`);
}

export async function showServerVersion(client: Client): Promise<string> {
  return (await client.query('show server_version')).rows[0].server_version;
}
