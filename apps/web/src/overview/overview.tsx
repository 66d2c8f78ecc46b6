import { parsePeriod, yearBefore } from '../../../../libs/core/period';
import { sayPeriod } from '../figures/period-names';
import { STAGES } from '../../../../libs/catalogue/stages';
import { useFigures } from '../figures/use-figures';
import { useWords } from '../language';
import { Failure } from '../page/failure';
import { useView } from '../view';
import { CitiesCard } from './cities-card';
import { FunnelCard } from './funnel-card';
import { MonthsCard } from './months-card';
import { Tiles } from './tiles';
import { useTargets } from './use-targets';

/** With none of these reported, a period has nothing to show. */
const WATCHED = [
  ...STAGES.flatMap(({ requested, succeeded }) => [requested ?? succeeded, succeeded]),
  'registry.recruited',
];

export default function Overview() {
  const words = useWords();
  const { period, org } = useView();
  const before = yearBefore(parsePeriod(period)).code;
  const now = useFigures({ period, org });
  const then = useFigures({ period: before, org });
  const targets = useTargets(period, org);
  const figures = { now, then, targets };
  const silent = !now.loading && !now.error && WATCHED.every((key) => now.find(key)?.state === 'missing');
  return (
    <>
      {silent && (
        <p className="strip" role="status">
          {words.t('emptyPeriod', { period: sayPeriod(period, words) })}
        </p>
      )}
      {now.error ? (
        <Failure error={now.error} retry={now.retry} />
      ) : (
        <>
          <Tiles {...figures} />
          <FunnelCard {...figures} />
        </>
      )}
      <MonthsCard />
      <CitiesCard />
    </>
  );
}
