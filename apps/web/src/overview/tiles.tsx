import { Skeleton } from 'antd';
import { Figure, Fraction } from '../figures/figure';
import { TILES } from '../figures/stages';
import type { Figures } from '../figures/use-figures';
import { CardLink } from '../indicators/card-link';
import { useWords } from '../language';
import { useView } from '../view';
import { TargetMark } from './target-mark';
import type { FindTarget } from './use-targets';

export interface OverviewFigures {
  now: Figures;
  then: Figures;
  targets: FindTarget;
}

export function Tiles({ now, then, targets }: OverviewFigures) {
  const words = useWords();
  const { metrics, indicators } = useView();
  return (
    <section className="tiles" aria-labelledby="key-figures">
      <h2 id="key-figures" className="away">
        {words.t('keyFigures')}
      </h2>
      {TILES.map((key) => {
        const definition = metrics.get(key) ?? indicators.get(key);
        if (!definition) return null;
        const value = now.find(key);
        const title = words.label(definition.label);
        const target = targets(key);
        return (
          <div className="tile" key={key}>
            <div className="tile-name">
              <h3>{title}</h3> <CardLink indicator={key} title={title} />
            </div>
            {now.loading ? (
              <Skeleton.Button active size="small" />
            ) : (
              <div className="tile-figure">
                <Figure value={value} title={title} size="large" />
                {value?.state === 'zero' && metrics.has(key) && (
                  <span className="nil" title={words.t('nilHint')}>
                    {words.t('nil')}
                  </span>
                )}
                <Fraction value={value} />
              </div>
            )}
            <dl>
              <div>
                <dt>{words.t('lastYear')}</dt>
                <dd>
                  {then.loading || then.error ? (
                    '…'
                  ) : (
                    <>
                      <Figure value={then.find(key)} title={`${words.t('lastYear')} ${title}`} />{' '}
                      <Fraction value={then.find(key)} />
                    </>
                  )}
                </dd>
              </div>
              {target && (
                <div>
                  <dt>{words.t('target')}</dt>
                  <dd>
                    <TargetMark value={value} target={target} unit={definition.unit} />
                  </dd>
                </div>
              )}
            </dl>
          </div>
        );
      })}
    </section>
  );
}
