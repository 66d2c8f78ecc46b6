import type { Org } from '../api/answers';
import type { Words } from '../language';
import { casesOf } from './case-address';

/** What a list of a city's cases is asked by. */
export interface CityScope {
  period: string;
  org: string;
  from: string;
  to: string;
  window: string;
}

export function cityName(
  of: { org: string; own: boolean },
  orgs: ReadonlyMap<string, Org>,
  { t, name }: Words,
): string {
  const found = orgs.get(of.org);
  return of.own ? t('ownEntries') : found ? name(found) : of.org;
}

/** The cases of a part of a city's row; of the whole's, with all below it. */
export function cityCases(
  of: { org: string | null; own: boolean },
  scope: CityScope,
  part: string,
  more: Readonly<Record<string, string | null>> = {},
): string {
  return casesOf('cities', { ...scope, org: of.org ?? scope.org, own: of.own ? 'true' : undefined, part, ...more });
}
