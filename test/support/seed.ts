/** The seed of random work: what the variable says, another each time, or under CI one that makes a commit's verdict its own. */
export function seedOf(variable: string): number {
  return Number(process.env[variable] ?? (process.env['CI'] ? 20_241_231 : Date.now() % 2 ** 31));
}
