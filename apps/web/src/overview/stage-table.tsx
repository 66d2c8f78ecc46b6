import { Figure, Fraction } from '../figures/figure';
import { STAGES } from '../../../../libs/catalogue/stages';
import { isFew } from '../figures/stages';
import type { Figures } from '../figures/use-figures';
import { NumbersTable } from '../figures/numbers-table';
import { CardLink } from '../indicators/card-link';
import { useWords } from '../language';
import { useView } from '../view';
import { TargetMark } from './target-mark';
import type { OverviewFigures } from './tiles';

/** The pathway in numbers: each stage with its requests, successes and rate, last year's and the target. */
export function StageTable({ now, then, targets }: OverviewFigures) {
  const words = useWords();
  const { t } = words;
  const { metrics, indicators } = useView();
  const nameOf = (key: string | undefined) => {
    const definition = key === undefined ? undefined : (metrics.get(key) ?? indicators.get(key));
    return definition ? words.label(definition.label) : '';
  };
  const cell = (key: string | undefined) =>
    key === undefined ? (
      <span className="none">—</span>
    ) : (
      <>
        <Figure value={now.find(key)} title={nameOf(key)} bare />
        <small>
          {t('lastYearShort')} <Figure value={then.find(key)} title={`${t('lastYear')} ${nameOf(key)}`} bare />
        </small>
      </>
    );
  const few = (figures: Figures, rate: string | undefined) =>
    rate !== undefined && isFew(figures.find(rate)) ? { className: 'few', title: t('fewHint') } : {};
  return (
    <NumbersTable title={t('funnelTable')}>
      <thead>
        <tr>
          <th scope="col">{t('stage')}</th>
          <th scope="col">{t('requested')}</th>
          <th scope="col">{t('succeeded')}</th>
          <th scope="col">{t('successRate')}</th>
          <th scope="col">{t('lastYear')}</th>
          <th scope="col">{t('target')}</th>
        </tr>
      </thead>
      <tbody>
        {STAGES.map(({ key: name, requested, succeeded, rate }) => (
          <tr key={name}>
            <th scope="row">
              {t(`stage_${name}`)} <CardLink indicator={rate ?? succeeded} title={nameOf(rate ?? succeeded)} />
              <small>{words.unit(metrics.get(succeeded)?.unit ?? '')}</small>
            </th>
            <td>{cell(requested)}</td>
            <td>{cell(succeeded)}</td>
            <td {...few(now, rate)}>
              {rate === undefined ? (
                <span className="none">—</span>
              ) : (
                <>
                  <Figure value={now.find(rate)} title={nameOf(rate)} />
                  <Fraction value={now.find(rate)} />
                </>
              )}
            </td>
            <td {...few(then, rate)}>
              {rate === undefined ? (
                <Figure value={then.find(succeeded)} title={`${t('lastYear')} ${nameOf(succeeded)}`} bare />
              ) : (
                <>
                  <Figure value={then.find(rate)} title={`${t('lastYear')} ${nameOf(rate)}`} />
                  <Fraction value={then.find(rate)} />
                </>
              )}
            </td>
            <td>
              <TargetMark
                value={now.find(rate ?? succeeded)}
                target={targets(rate ?? succeeded)}
                unit={indicators.get(rate ?? '')?.unit ?? metrics.get(succeeded)?.unit ?? ''}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </NumbersTable>
  );
}
