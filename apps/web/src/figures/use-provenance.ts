import { useWords } from '../language';
import { useSealSaid } from '../months/use-seal-said';
import { useView } from '../view';
import { sayInstant } from './format';
import { sayPeriod } from './period-names';

/** What one has to know of what is saved from the page: of whom, of when, and whether it is sealed. */
export interface Provenance {
  readonly org: string;
  readonly period: string;
  readonly demonstration: string | undefined;
  readonly computedAt: string | undefined;
  readonly seal: string | undefined;
}

export function useProvenance(): Provenance {
  const words = useWords();
  const { org, orgs, period, status } = useView();
  const seal = useSealSaid();
  const of = orgs.get(org);
  return {
    org: of ? words.name(of) : org,
    period: sayPeriod(period, words),
    demonstration: status.registry?.demonstration ? words.t('demonstration') : undefined,
    computedAt: status.computedAt ? sayInstant(status.computedAt) : undefined,
    seal: seal?.said,
  };
}
