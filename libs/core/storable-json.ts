/**
 * JSON that PostgreSQL keeps: the zero character and lone halves of surrogate pairs, in texts or in names, become
 * U+FFFD. For what somebody wrote and what is said of it; what is to be taken at its word is refused before.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value).replace(/\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g, (escape, code: string) =>
    code.length === 5 ? '\uFFFD' : escape,
  );
}
