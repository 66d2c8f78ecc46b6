import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { cardQuery, type Card } from '../api/targets';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useView } from '../view';
import { CardVersions } from './card-versions';

/** What a figure means (口径卡): as it is counted now, from what, for whom, and what it meant before. */
export function DefinitionCard({ indicator }: { indicator: string }) {
  const { t } = useWords();
  const say = useProblemSentence();
  const { data, error } = useQuery(cardQuery(indicator));
  return (
    <section aria-labelledby="definition">
      <h3 id="definition">{t('definitionCard')}</h3>
      {data ? (
        <>
          <CardFacts card={data} />
          {data.setting && <CardSetting setting={data.setting} versions={data.versions} />}
          {data.versions.length > 1 && <CardVersions card={data} />}
        </>
      ) : error ? (
        <p className="none">{say(error)}</p>
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 5 }} />
      )}
    </section>
  );
}

function CardFacts({ card }: { card: Card }) {
  const { t, label } = useWords();
  const { metrics, indicators } = useView();
  const now = card.versions.at(-1);
  if (!now) return null;
  const name = (key: string) => {
    const definition = metrics.get(key) ?? indicators.get(key);
    return definition ? label(definition.label) : key;
  };
  const counts = now.counts.map(({ label: of, times }) =>
    times === '1'
      ? label(of)
      : times === '-1'
        ? t('cardTakesAway', { label: label(of) })
        : t('cardTimes', { label: label(of), times }),
  );
  const facts = [
    { title: t('cardNow'), text: now.name },
    { title: t('cardFormula'), text: label(now.formula) },
    { title: t('cardCounts'), text: counts.join(t('enumeration')) },
    { title: t('cardParts'), text: now.parts && `${name(now.parts.numerator)} ÷ ${name(now.parts.denominator)}` },
    { title: t('cardAddsUp'), text: label(card.addsUp.label) },
    { title: t('cardSource'), text: label(card.source.entries) },
    { title: t('cardAskedBy'), text: card.source.askedBy.map(label).join(t('enumeration')) },
    { title: t('cardPartOf'), text: card.partOf.map(name).join(t('enumeration')) },
    { title: t('cardAssumptions'), text: card.assumptions.map(label).join(' ') },
  ].filter(({ text }) => text);
  return (
    <dl className="facts">
      {facts.map(({ title, text }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Its open question, and which answer holds. */
function CardSetting({ setting, versions }: { setting: NonNullable<Card['setting']>; versions: Card['versions'] }) {
  const { t, label } = useWords();
  const holds = versions.at(-1)?.madeBy?.choice ?? setting.default;
  return (
    <div className="card-setting">
      <h4>
        {t('cardSetting')} · {label(setting.label)}
      </h4>
      <ul className="choices-list">
        {setting.choices.map(({ code, label: name, effect }) => (
          <li key={code}>
            <strong>{label(name)}</strong>{' '}
            {code === holds && <span className="badge badge-good">{t('cardChoiceHolds')}</span>}
            {code === setting.default && <span className="badge">{t('cardChoiceDefault')}</span>}
            <small>{label(effect)}</small>
          </li>
        ))}
      </ul>
      <p className="hint">{t('cardSettingHow')}</p>
    </div>
  );
}
