import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo } from 'react';
import { go, useAddress } from '../address';
import { contributionsQuery, type Contributions } from '../api/funnel';
import { Chart } from '../chart/chart';
import { Amount } from '../figures/amount';
import { Figure } from '../figures/figure';
import { shownValue } from '../figures/shown-value';
import { useNarrow } from '../figures/use-narrow';
import { NumbersTable } from '../figures/numbers-table';
import { CardLink } from '../indicators/card-link';
import { useWords } from '../language';
import { Card } from '../page/card';
import { openFigure, useView } from '../view';
import { cityName } from './city-words';
import { contributionsOption } from './contributions-option';
import { WhenAnswered } from './when-answered';

const USUAL = 'donation.completed';
const ADDITIVE: readonly string[] = ['sum', 'stock', 'cumulative'];

/** What each city adds to the whole's change against last year. */
export function ContributionsCard() {
  const words = useWords();
  const { t, label } = words;
  const { period, org, metrics } = useView();
  const address = useAddress();
  const choices = useMemo(() => [...metrics.values()].filter(({ addsUp }) => ADDITIVE.includes(addsUp)), [metrics]);
  const key = choices.find((one) => one.key === address.measure)?.key ?? USUAL;
  const answer = useQuery(contributionsQuery({ period, org, key }));
  const measure = metrics.get(key);
  return (
    <Card
      title={t('contributionsTitle', { measure: measure ? label(measure.label) : key })}
      hint={t('contributionsHint')}
      actions={
        <>
          <CardLink indicator={key} title={measure ? label(measure.label) : key} />
          <Select
            aria-label={t('measure')}
            value={key as string}
            onChange={(to) => go({ measure: to === USUAL ? undefined : to }, 'replace')}
            options={choices.map((one) => ({ value: one.key as string, label: label(one.label) }))}
            showSearch={{ optionFilterProp: 'label' }}
            className="measure-picker"
          />
        </>
      }
    >
      <WhenAnswered of={answer} height={480}>
        {(data) => <Shown answer={data} measure={key} />}
      </WhenAnswered>
    </Card>
  );
}

function Shown({ answer, measure }: { answer: Contributions; measure: string }) {
  const words = useWords();
  const { t } = words;
  const { period, orgs } = useView();
  const narrow = useNarrow();
  const { contributions, whole, before, growth, missing, rounding, unit } = answer;
  const option = useMemo(
    () => contributionsOption(answer, { key: measure, period }, orgs, words, narrow),
    [answer, measure, period, orgs, words, narrow],
  );
  const points = (value: string | null) =>
    value === null ? <span className="none">—</span> : <Amount text={value} unit="" signed bare />;
  const figure = ({ org, own }: { org: string; own: boolean }, at: string, value: string | null, name: string) => (
    <Figure value={shownValue({ key: measure, period: at, org, own }, value, unit)} title={`${name} ${at}`} bare />
  );
  return (
    <div className="contributions">
      <Chart
        option={option}
        height={contributions.length * 26 + 40}
        title={t('contributionsChart')}
        onPick={openFigure}
      />
      <NumbersTable title={t('contributionsTable')}>
        <thead>
          <tr>
            <th scope="col">{t('org')}</th>
            <th scope="col">
              {before}
              <small>{words.unit(unit)}</small>
            </th>
            <th scope="col">
              {period}
              <small>{words.unit(unit)}</small>
            </th>
            <th scope="col">
              {t('contributes')}
              <small>{t('unitPoints')}</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {contributions.map((one) => {
            const name = cityName(one, orgs, words);
            return (
              <tr key={`${one.org} ${one.own}`}>
                <th scope="row">{name}</th>
                <td>{figure(one, before, one.before, name)}</td>
                <td>{figure(one, period, one.now, name)}</td>
                <td>{points(one.points)}</td>
              </tr>
            );
          })}
          {missing !== null && Number(missing) !== 0 && (
            <tr>
              <th scope="row" colSpan={3}>
                {t('contributionsMissing')}
              </th>
              <td>{points(missing)}</td>
            </tr>
          )}
          {rounding !== null && Number(rounding) !== 0 && (
            <tr>
              <th scope="row" colSpan={3}>
                {t('contributionsRounding')}
              </th>
              <td>{points(rounding)}</td>
            </tr>
          )}
          <tr className="total">
            <th scope="row">{t('growth')}</th>
            <td>{figure({ ...whole, own: false }, before, whole.before, t('together'))}</td>
            <td>{figure({ ...whole, own: false }, period, whole.now, t('together'))}</td>
            <td>
              {growth === null ? (
                <span className="figure-none">{t('notApplicable')}</span>
              ) : (
                <Amount text={growth} unit="%" signed />
              )}
            </td>
          </tr>
        </tbody>
      </NumbersTable>
    </div>
  );
}
