import { ArrowLeftOutlined, DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown, Select } from 'antd';
import { useState } from 'react';
import { go } from '../address';
import { pathOf, type AssessmentPlace, type FileKind, type OpenedAssessment } from '../api/assessments';
import { useWords } from '../language';
import { OrgPicker } from '../page/org-picker';
import { YearPicker } from '../page/period-picker';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { TargetsDialog } from './targets-dialog';
import { useMayWrite } from './use-may';

interface AssessmentToolbarProps {
  place: AssessmentPlace;
  opened: OpenedAssessment | undefined;
  say: (done: string) => void;
}

/** Which assessment is looked at, what it is handed in as, and where its targets come from. */
export function AssessmentToolbar({ place, opened, say }: AssessmentToolbarProps) {
  const { t } = useWords();
  const { orgs } = useView();
  const year = place.period.slice(0, 4);
  const half = place.period.endsWith('-H1');
  const away = { line: undefined, revision: undefined };
  const { latest = 0, revision = 0 } = opened?.record ?? {};
  return (
    <div className="toolbar">
      <Button
        icon={<ArrowLeftOutlined aria-hidden="true" />}
        onClick={() => go({ ...away, form: undefined, project: undefined, show: undefined })}
      >
        {t('allAssessments')}
      </Button>
      <YearPicker year={year} change={(to) => go({ ...away, period: half ? `${to}-H1` : to })} />
      <Select
        aria-label={t('assessmentStage')}
        value={half ? 'half' : 'year'}
        onChange={(to) => go({ ...away, period: to === 'half' ? `${year}-H1` : year })}
        options={[
          { value: 'year', label: t('stageYear') },
          { value: 'half', label: t('stageHalf') },
        ]}
        style={{ width: 128 }}
      />
      {orgs.size > 1 && <OrgPicker />}
      {latest > 1 && (
        <Select
          aria-label={t('revision')}
          value={revision}
          onChange={(to: number) => go({ line: undefined, revision: to === latest ? undefined : String(to) })}
          options={Array.from({ length: latest }, (_, at) => ({
            value: latest - at,
            label: t('revisionNumber', { revision: latest - at }),
          }))}
          style={{ width: 128 }}
        />
      )}
      {opened && <ToolbarEnd place={place} opened={opened} say={say} />}
    </div>
  );
}

const KINDS = ['form.xlsx', 'report.docx', 'evidence.zip', 'data.json'] as const satisfies readonly FileKind[];

function ToolbarEnd({ place, opened, say }: AssessmentToolbarProps & { opened: OpenedAssessment }) {
  const { t } = useWords();
  const { permissions } = useSession();
  const may = useMayWrite(opened);
  const [setting, setSetting] = useState(false);
  // Lists of entries hold the codes of donors.
  const kinds = KINDS.filter((kind) => kind !== 'evidence.zip' || permissions.includes('entries.read'));
  return (
    <>
      {may && <Button onClick={() => setSetting(true)}>{t('targetsFrom')}</Button>}
      <Dropdown
        trigger={['click']}
        menu={{
          items: kinds.map((kind) => ({
            key: kind,
            label: (
              <a href={`/api${pathOf(place, `/files/${kind}`)}`} download>
                {t(`file_${kind.replace('.', '_') as 'form_xlsx'}`)}
              </a>
            ),
          })),
        }}
      >
        <Button icon={<DownloadOutlined aria-hidden="true" />}>{t('downloads')}</Button>
      </Dropdown>
      {setting && (
        <TargetsDialog
          place={place}
          opened={opened}
          close={(done) => {
            setSetting(false);
            if (done !== undefined) say(done);
          }}
        />
      )}
    </>
  );
}
