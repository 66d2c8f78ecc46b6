import { useQuery } from '@tanstack/react-query';
import { go } from '../address';
import { narrativeQuery, type AssessmentPlace, type Citation, type OpenedAssessment } from '../api/assessments';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { openFigure } from '../view';

/** The report in words: each number opens what it is from. */
export default function NarrativeView({ place, opened }: { place: AssessmentPlace; opened: OpenedAssessment }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(narrativeQuery(place, opened.record.version));
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={480} />;
  const numbers = new Map(data.sources.map(({ line }, at) => [line, at + 1]));
  const parts = [...new Set(data.paragraphs.map(({ part }) => part))];
  return (
    <Card title={t('narrative')} hint={t('narrativeHow')}>
      <div className="narrative">
        {parts.map((part) => (
          <section key={part}>
            <h3>{t(`part_${part as 'overview'}`)}</h3>
            {data.paragraphs
              .filter((one) => one.part === part)
              .map(({ runs }, at) => (
                <p key={at} lang="zh-CN">
                  {runs.map(({ text, cite }, index) =>
                    cite ? (
                      <CitedNumber key={index} text={text} cite={cite} source={numbers.get(cite.line)} />
                    ) : (
                      <span key={index}>{text}</span>
                    ),
                  )}
                </p>
              ))}
          </section>
        ))}
        <section>
          <h3>{t('narrativeSources')}</h3>
          <ol>
            {data.sources.map(({ line, text }) => (
              <li key={line} lang="zh-CN">
                {text}
              </li>
            ))}
          </ol>
        </section>
      </div>
    </Card>
  );
}

function CitedNumber({ text, cite, source }: { text: string; cite: Citation; source: number | undefined }) {
  const { t } = useWords();
  const { key, line, org, period, part } = cite;
  const open = () => {
    if (key !== null && org !== null && period !== null) return openFigure({ key, org, period }, part);
    go({ show: undefined, line: line === 'total' ? undefined : line });
  };
  return (
    <span className="with-next">
      <button
        type="button"
        className="figure cited"
        title={source === undefined ? undefined : t('sourceNumber', { number: source })}
        onClick={open}
      >
        {text}
      </button>
    </span>
  );
}
