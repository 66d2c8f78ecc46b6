import type { Cities } from '../api/funnel';
import { group } from '../figures/format';
import { NumbersTable } from '../figures/numbers-table';
import { useWords } from '../language';
import { useView } from '../view';
import { cityCases, cityName, type CityScope } from './city-words';
import { Count, Rate } from './count';

/** The rates in numbers, with their intervals, their limits, and what is not known yet. */
export function CityRates({ cities: { cities, whole }, scope }: { cities: Cities; scope: CityScope }) {
  const words = useWords();
  const { t } = words;
  const { orgs } = useView();
  return (
    <NumbersTable title={t('ratesTable')}>
      <thead>
        <tr>
          <th scope="col">{t('org')}</th>
          <th scope="col">
            {t('part_cases')}
            <small>{t('unitCases')}</small>
          </th>
          <th scope="col">
            {t('part_censored')}
            <small>{t('unitCases')}</small>
          </th>
          <th scope="col">{t('rate')}</th>
          <th scope="col">{t('interval')}</th>
          <th scope="col">{t('limits95')}</th>
          <th scope="col">{t('judgement')}</th>
        </tr>
      </thead>
      <tbody>
        {[whole, ...cities].map((one) => {
          const { org, own, cases, censored, total, hits, rate, interval, funnel } = one;
          const name = org === null ? t('together') : cityName({ org, own }, orgs, words);
          const list = (part: string) => cityCases(one, scope, part);
          const span = (of: { lower: string; upper: string } | null | undefined) =>
            of ? `${group(of.lower)}%–${group(of.upper)}%` : <span className="none">—</span>;
          return (
            <tr key={`${org} ${own}`} className={org === null ? 'total' : undefined}>
              <th scope="row">{name}</th>
              <td>
                <Count value={cases} cases={list('cases')} title={`${name} ${t('part_cases')}`} />
              </td>
              <td>
                <Count value={censored} cases={list('censored')} title={`${name} ${t('part_censored')}`} />
              </td>
              <td>
                <Rate
                  value={rate}
                  numerator={hits}
                  denominator={total}
                  numeratorCases={list('hits')}
                  denominatorCases={list('total')}
                  title={name}
                />
              </td>
              <td>{span(interval)}</td>
              <td>{span(funnel?.limits95)}</td>
              <td>{funnel ? t(`outside_${funnel.outside}`) : <span className="none">—</span>}</td>
            </tr>
          );
        })}
      </tbody>
    </NumbersTable>
  );
}
