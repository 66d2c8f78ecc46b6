import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useRef } from 'react';
import {
  pathOf,
  reportTemplatesQuery,
  type AssessmentPlace,
  type FileKind,
  type OpenedAssessment,
} from '../api/assessments';
import { postFile, remove } from '../api/request';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { Card } from '../page/card';
import { useAct } from '../session/use-act';
import { useSession } from '../session/gate';

interface PapersViewProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  say: (done: string) => void;
}

const KINDS = ['form.xlsx', 'report.docx', 'evidence.zip', 'data.json'] as const satisfies readonly FileKind[];

/** What is handed in, the seals that it rests on, and the template that the report is written from. */
export default function PapersView({ place, opened, say }: PapersViewProps) {
  const { t } = useWords();
  const { permissions } = useSession();
  const { record } = opened;
  const frozen = record.state === 'frozen';
  const kinds = KINDS.filter((kind) => kind !== 'evidence.zip' || permissions.includes('entries.read'));
  return (
    <>
      <Card title={t('papers')} hint={t(frozen ? 'papersFrozen' : 'papersDraft')}>
        <ul className="papers">
          {kinds.map((kind) => {
            const kept = record.files.find((one) => one.kind === kind);
            return (
              <li key={kind}>
                <a href={`/api${pathOf(place, `/files/${kind}`)}`} download>
                  {t(`file_${kind.replace('.', '_') as 'form_xlsx'}`)}
                </a>
                {kept && (
                  <small>
                    {kept.name} · SHA-256 <code>{kept.sha256}</code>
                  </small>
                )}
              </li>
            );
          })}
        </ul>
        {record.seals.length > 0 && (
          <details>
            <summary>{t('sealsUnder', { count: record.seals.length })}</summary>
            <ul className="papers">
              {record.seals.map(({ period, number, hash }) => (
                <li key={`${period} ${number}`}>
                  {t('sealOfMonth', { period, number })} <code>{hash}</code>
                </li>
              ))}
            </ul>
          </details>
        )}
      </Card>
      <TemplateCard form={place.form} say={say} />
    </>
  );
}

function TemplateCard({ form, say }: { form: string; say: (done: string) => void }) {
  const { t } = useWords();
  const { permissions } = useSession();
  const queries = useQueryClient();
  const { act, busy, refusal } = useAct();
  const { data } = useQuery(reportTemplatesQuery);
  const chooser = useRef<HTMLInputElement>(null);
  const own = data?.find((one) => one.form === form)?.own;
  const may = permissions.includes('assessments.write');
  const path = `/report-templates/${encodeURIComponent(form)}`;
  const change = (work: () => Promise<unknown>, done: string) =>
    act(async () => {
      await work();
      await queries.invalidateQueries({ queryKey: reportTemplatesQuery.queryKey });
      say(done);
    });
  return (
    <Card title={t('template')} hint={t('templateHow')}>
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
      <p className="gap">
        {own
          ? t('assessmentTemplateOwn', { name: own.name, by: own.by, at: sayInstant(own.at) })
          : data
            ? t('assessmentTemplateShipped')
            : t('loading')}
      </p>
      <div className="dialog-buttons">
        <a className="plain" href={`/api${path}`} download>
          {t('templateDownload')}
        </a>
        {may && (
          <Button loading={busy} onClick={() => chooser.current?.click()}>
            {t('templateUpload')}
          </Button>
        )}
        {may && own && (
          <Button disabled={busy} onClick={() => void change(() => remove(path), t('assessmentTemplateReset'))}>
            {t('templateBack')}
          </Button>
        )}
      </div>
      <input
        ref={chooser}
        type="file"
        style={{ display: 'none' }}
        aria-label={t('templateUpload')}
        accept=".docx"
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) void change(() => postFile(path, file, {}, 'PUT'), t('assessmentTemplateTaken'));
        }}
      />
    </Card>
  );
}
