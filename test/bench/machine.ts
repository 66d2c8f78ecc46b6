import { availableParallelism, cpus, release, totalmem, type as system } from 'node:os';

/** What the bench runs on, one line for each. */
export function machine(postgres: string): string[] {
  const memory = (totalmem() / 2 ** 30).toFixed(1);
  return [
    `CPU: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`,
    `memory: ${memory} GiB`,
    `system: ${system()} ${release()}, ${process.arch}`,
    `Node ${process.versions.node}, PostgreSQL ${postgres}`,
    `date: ${new Date().toISOString().slice(0, 16)}Z`,
  ];
}
