/** The choice of a setting that made a version. */
export interface MadeBy {
  readonly setting: string;
  readonly choice: string;
}

/** A definition of which one version after the other is in force (R15). */
export interface Versioned<Meaning extends object> {
  readonly version: number;
  /** The month from which this version holds, `YYYY-MM`. The first version holds for all that was before it, too. */
  readonly since: string;
  /** Absent where the program brought the version. */
  readonly madeBy?: MadeBy;
  /** What the definition said before, the oldest first. */
  readonly earlier?: readonly (Meaning & { version: number; since: string; madeBy?: MadeBy })[];
}

/** The posted months that a version holds for, as a database compares dates: from `since` on, and before `until`. */
export interface InForce {
  readonly since: string;
  readonly until: string;
}

/** Every version of a definition, the oldest first, each told as if it were the only one. */
export function versionsOf<Definition extends Versioned<object>>(definition: Definition): Definition[] {
  if (!definition.earlier) return [definition];
  const { earlier, ...last } = definition;
  return [...earlier.map((one) => ({ ...last, madeBy: undefined, ...one })), last] as unknown as Definition[];
}

/** The version in force in a month, `YYYY-MM`. */
export function versionAt<Definition extends Versioned<object>>(definition: Definition, month: string): Definition {
  const versions = versionsOf(definition);
  return versions.findLast(({ since }) => since <= month) ?? versions[0]!;
}

/** Every version of a definition with the months that it holds for. */
export function inForceOf<Definition extends Versioned<object>>(
  definition: Definition,
): { readonly version: Definition; readonly inForce: InForce }[] {
  const versions = versionsOf(definition);
  return versions.map((version, at) => ({
    version,
    inForce: {
      since: at === 0 ? '-infinity' : `${version.since}-01`,
      until: versions[at + 1] ? `${versions[at + 1]!.since}-01` : 'infinity',
    },
  }));
}

/** A version that begins within a period, after its first month. */
export interface Change {
  readonly key: string;
  readonly version: number;
  readonly since: string;
}

/** Where the meaning of a definition changes between two months, both included: a period's figure has to say so. */
export function changesWithin(
  definition: Versioned<object> & { readonly key: string },
  firstMonth: string,
  lastMonth: string,
): Change[] {
  return versionsOf(definition)
    .slice(1)
    .filter(({ since }) => since > firstMonth && since <= lastMonth)
    .map(({ version, since }) => ({ key: definition.key, version, since }));
}
