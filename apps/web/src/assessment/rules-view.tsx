import { useQuery } from '@tanstack/react-query';
import { Alert, Select } from 'antd';
import { rulePacksQuery, type AssessmentPlace, type OpenedAssessment, type ShownPack } from '../api/assessments';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { useAct } from '../session/use-act';
import { useWrite } from './use-assessment';
import { useMayWrite } from './use-may';

interface RulesViewProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  say: (done: string) => void;
}

/** How the form is scored, what of it is assumed, and choosing other rules. */
export default function RulesView({ place, opened, say }: RulesViewProps) {
  const { t, label } = useWords();
  const may = useMayWrite(opened);
  const write = useWrite(place);
  const { act, busy, refusal } = useAct();
  const { data, error, refetch } = useQuery(rulePacksQuery);
  const { record, filled } = opened;
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={480} />;
  const chosen = data.find(({ rules }) => rules.code === record.pack.code && rules.version === record.pack.version);
  const latest = [...new Map(data.map((one) => [one.rules.code, one])).values()].filter(
    ({ rules }) => rules.since <= place.period.slice(0, 4),
  );
  const choose = (pack: string) =>
    act(async () => {
      await write('/pack', { pack }, record.version);
      say(t('packChosen'));
    });
  return (
    <>
      <Card
        title={`${t('rulePack')}${t('colon')}${label(record.pack.label)}`}
        hint={t('packOf', { code: record.pack.code, version: record.pack.version })}
        actions={
          may && (
            <Select
              aria-label={t('packChoose')}
              value={record.pack.code}
              loading={busy}
              onChange={(code: string) => void choose(code)}
              options={latest.map(({ rules, own }) => ({
                value: rules.code,
                label: own ? `${label(rules.label)}（${t('packOwn')}）` : label(rules.label),
              }))}
              style={{ minWidth: 220 }}
            />
          )
        }
      >
        {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
        {chosen && <Rules pack={chosen} />}
      </Card>
      <Card title={t('assumptions')} hint={t('assumptionsHow')}>
        <ul className="assumptions">
          {filled.assumptions.map((assumption) => (
            <li key={assumption.zh}>{label(assumption)}</li>
          ))}
        </ul>
        {filled.assumptions.length === 0 && <p className="none">{t('assumptionsNone')}</p>}
      </Card>
    </>
  );
}

function Rules({ pack: { rules } }: { pack: ShownPack }) {
  const { t, label } = useWords();
  const causes = rules.causeWhen.map((when) =>
    t(`causeWhen_${when}`, { beyond: rules.causeBeyond, execution: rules.causeBelowExecution }),
  );
  const facts = [
    {
      title: t('packWeights'),
      text: rules.weights
        ? rules.weights.map(({ tier, points }) => `${tier} ${points}`).join(t('clause'))
        : t('packNoWeights'),
    },
    { title: t('packLower'), text: t(`scoring_lower_${rules.lowerBetterMissed}`) },
    { title: t('packEquals'), text: t(`scoring_equals_${rules.equals}`) },
    { title: t('packZero'), text: t('packZeroLeft', { percent: rules.zeroTargetMissed }) },
    {
      title: t('packOver'),
      text: t(`scoring_over_${rules.overAchieved.then}`, { beyond: rules.overAchieved.beyond }),
    },
    {
      title: t('packBands'),
      text: rules.bands.map((band) => `${label(band.label)} ${band.from}–${band.to}%`).join(t('clause')),
    },
    { title: t('packGrades'), text: rules.grades.map((one) => `${one.label} ≥${one.from}`).join(t('clause')) },
    { title: t('packCauses'), text: causes.join(t('clause')) },
  ];
  return (
    <dl className="facts pack-facts">
      {facts.map(({ title, text }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
