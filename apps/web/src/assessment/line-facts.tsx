import type { FilledLine } from '../../../../libs/assessment/filled-form';
import { pathOf, type AssessmentPlace, type OpenedAssessment } from '../api/assessments';
import { sayInstant } from '../figures/format';
import { Light } from '../indicators/light';
import { useWords } from '../language';
import { useSession } from '../session/gate';
import { Actual } from './line-actual';
import { lightOfLine } from './line-light';
import { ForecastCell } from './lines-table';

interface LineFactsProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  line: FilledLine;
}

/** What stands on the form for the line, and what it rests on. */
export function LineFacts({ place, opened, line }: LineFactsProps) {
  const { t, language } = useWords();
  const { permissions } = useSession();
  const { filled } = opened;
  const { source } = line;
  const targets = [line.halfTarget && t('halfTargetIs', { target: line.halfTarget }), line.fullTarget]
    .filter(Boolean)
    .join(t('clause'));
  const definition = [
    source.version !== null && t('definitionVersion', { version: source.version }),
    source.position !== null && t('atPosition', { position: source.position }),
    source.computedAt !== null && t('computedAt', { at: sayInstant(source.computedAt) }),
  ].filter(Boolean);
  const may = permissions.includes('entries.read');
  return (
    <dl className="facts">
      <Fact title={t('lineTarget')}>
        {targets || '—'} <Light colour={lightOfLine(line, filled.stage)} />
      </Fact>
      <Fact title={t('lineActual')}>
        <Actual line={line} opened={opened} />
        {line.reason && <small>{t('because', { text: line.reason })}</small>}
      </Fact>
      {line.weight !== null && filled.stage === 'year' && (
        <Fact title={t('lineScore')}>
          {line.score ?? t('notScored')} / {line.weight}
          {line.note && <small>{line.note[language]}</small>}
        </Fact>
      )}
      {line.deviation !== null && <Fact title={t('lineDeviation')}>{line.deviation}</Fact>}
      {line.forecast && (
        <Fact title={t('lineForecast')}>
          <ForecastCell line={line} />
          <small>{line.forecast.method[language]}</small>
        </Fact>
      )}
      <Fact title={t('lineSource')}>
        {source.label}
        <small>{source.formula}</small>
        {source.document !== null && source.document !== source.label && (
          <small>{t('sourceDocument', { document: source.document })}</small>
        )}
        {definition.length > 0 && <small>{definition.join(' · ')}</small>}
        {line.seal !== null && (
          <small>
            {t('sealIs')} <code>{line.seal.slice(0, 16)}</code>
          </small>
        )}
      </Fact>
      {(line.evidence.length > 0 || source.key !== null) && may && (
        <Fact title={t('lineEvidence')}>
          {line.evidence.map((code) => (
            <a key={code} href={`/api/evidence/${code}`} download className="evidence-link">
              {code}
            </a>
          ))}
          <a href={`/api${pathOf(place, `/files/evidence.zip?line=${encodeURIComponent(line.code)}`)}`} download>
            {t('lineEvidenceZip')}
          </a>
        </Fact>
      )}
      {line.cause !== null && <Fact title={t('lineCause')}>{line.cause}</Fact>}
      {line.warnings.length > 0 && (
        <Fact title={t('lineWarnings')}>
          {line.warnings.map((one) => (
            <p key={one.zh}>{one[language]}</p>
          ))}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
