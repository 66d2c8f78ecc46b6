import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';

/** Classes of SQLSTATE: connection, conflict of transactions, want of resources, intervention, the server's system. */
const OUTAGE_CLASSES: ReadonlySet<string> = new Set(['08', '40', '53', '57', '58']);
/** A lock that could not be had in time; a server that takes no writes, as one that stands by. */
const OUTAGE_CODES: ReadonlySet<string> = new Set(['55P03', '25006']);
/** Of the operating system: `ECONNRESET`, `ENOSPC`… Node's own begin with `ERR_`. */
const SYSTEM_CODE = /^E[A-Z0-9]+$/;
/** What the driver says without a code of a connection that is lost, or that nobody gets while the program ends. */
const LOST =
  /^(Connection terminated|Client (was closed|has encountered a connection error)|Cannot use a pool after|timeout (expired|exceeded when trying to connect)|Query read timeout|Driver not Connected)/;

/** Whether something failed by the state of the database or the machine, and not of what was to be done. */
export function isOutage(error: unknown): boolean {
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!(cause instanceof Error)) return false;
  const { code } = cause as { code?: unknown };
  if (typeof code !== 'string') return LOST.test(cause.message);
  return OUTAGE_CLASSES.has(code.slice(0, 2)) || OUTAGE_CODES.has(code) || SYSTEM_CODE.test(code);
}
