import { plainName } from './column-names';

/** An org as the registry has it. */
export interface NamedOrg {
  readonly org: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

/** What the reading of cells needs to know beside the mapping. */
export interface CellContext {
  readonly orgs: OrgNames;
  /** `SourceSheet.from1904`. */
  readonly from1904: boolean;
}

/** What follows the name of a place in China, and is left out in talk. */
const LEFT_OUT = /(市|县|区|州|盟|地区|自治州|自治县|林区|省|工作站|分库)$/;

/** The registry's orgs by whatever they are called: code, name, or the name without 市. */
export class OrgNames {
  private readonly codes = new Map<string, ReadonlySet<string>>();
  private readonly orgs: ReadonlySet<string>;

  constructor(orgs: readonly NamedOrg[]) {
    this.orgs = new Set(orgs.map(({ org }) => org));
    for (const { org, nameZh, nameEn } of orgs) {
      for (const name of [org, nameZh, nameEn]) this.add(name, org);
    }
    // A short name is known only where no whole name is the same.
    const whole = new Set(this.codes.keys());
    for (const { org, nameZh } of orgs) {
      const short = nameZh.replace(LEFT_OUT, '');
      if (short.length >= 2 && !whole.has(plainName(short))) this.add(short, org);
    }
  }

  /** The codes of the orgs that are called so; only itself for a code as it is written. */
  called(name: string): string[] {
    return this.orgs.has(name) ? [name] : [...(this.codes.get(plainName(name)) ?? [])];
  }

  private add(name: string, org: string): void {
    const plain = plainName(name);
    this.codes.set(plain, new Set([...(this.codes.get(plain) ?? []), org]));
  }
}
