import { QueryFailedError } from 'typeorm';

/** What the log keeps of a fault. Of a failed statement not its parameters, nor the row: they hold what people wrote. */
export function faultOf(thrown: unknown): string {
  const lines = [thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)];
  if (thrown instanceof QueryFailedError) {
    const { code } = thrown.driverError as { code?: string };
    lines.push(`code: ${code}`, `query: ${thrown.query}`);
  }
  return lines.join('\n');
}
