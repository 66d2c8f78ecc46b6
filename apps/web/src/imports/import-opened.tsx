import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Popconfirm } from 'antd';
import { go } from '../address';
import { importQuery, isOver, isUnderWay, type Import } from '../api/imports';
import { IMPORTS } from '../api/queries';
import { post } from '../api/request';
import { kindName, orgName } from '../entries/entry-words';
import { group, sayInstant } from '../figures/format';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { useAct } from '../session/use-act';
import { useView } from '../view';
import { columnLetters } from './column-letters';
import { ImportAnswer } from './import-answer';
import { ImportEffectView } from './import-effect';
import { ImportMapping } from './import-mapping';
import { ImportProgress } from './import-progress';
import { ImportProposal } from './import-proposal';
import { ImportResult } from './import-result';
import { ImportStateMark } from './import-state';

/** One import, from its upload to its result. */
export function ImportOpened({ id }: { id: string }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const { data, error, refetch } = useQuery(importQuery(id));
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={420} />;
  const { state, question, counts } = data;
  const of = [
    data.kind && kindName(data.kind, view, words),
    orgName(data.org, view, words),
    data.name !== data.fileName.replace(/\.\w+$/, '') && t('importSource', { name: data.name }),
    t(`importMode_${data.mode}`),
    t('importReceivedBy', { by: data.createdBy, at: sayInstant(data.createdAt) }),
    data.acceptedAt && t('importAcceptedBy', { by: data.acceptedBy ?? '', at: sayInstant(data.acceptedAt) }),
  ];
  return (
    <>
      <Card
        title={data.fileName}
        hint={of.filter(Boolean).join(' · ')}
        actions={
          <div className="toolbar">
            {!isOver(data) && <Cancel one={data} />}
            <Button onClick={() => go({ file: undefined })}>{t(isOver(data) ? 'importAgain' : 'importBack')}</Button>
          </div>
        }
      >
        <p className="import-state">
          <ImportStateMark state={state} />
        </p>
        {isUnderWay(data) && <ImportProgress one={data} />}
        {isOver(data) && <ImportResult one={data} />}
        {state === 'stopped' && question && <ImportAnswer one={data} />}
        {question?.code === 'mapping_unclear' && <ImportMapping one={data} sheets={question.sheets} asked />}
        {data.notices.length > 0 && (
          <Alert
            type="info"
            className="import-alert"
            title={t('importNotices')}
            description={
              <ul className="import-notices">
                {data.notices.map((notice, at) => (
                  <li key={at}>
                    {[
                      notice.sheet,
                      notice.row !== null && t('importPlaceRow', { row: notice.row }),
                      notice.column !== null && columnLetters(notice.column),
                    ]
                      .filter(Boolean)
                      .join(' ')}{' '}
                    {words.label(notice.sentence)}
                  </li>
                ))}
              </ul>
            }
          />
        )}
      </Card>
      {counts && state !== 'cancelled' && <ImportProposal one={data} counts={counts} />}
      {state === 'staged' && (
        <>
          <ImportEffectView id={id} />
          <Card title={t('importAnswer')}>
            <ImportAnswer one={data} />
          </Card>
        </>
      )}
      {state !== 'mapping' && data.mapping && data.mapping.length > 0 && (
        <ImportMapping one={data} sheets={data.mapping} />
      )}
    </>
  );
}

function Cancel({ one }: { one: Import }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { act, busy, refusal } = useAct();
  const cancel = () =>
    act(async () => {
      await post(`/imports/${one.importId}/cancel`, {});
      await queries.invalidateQueries({ queryKey: [IMPORTS] });
    });
  return (
    <>
      {refusal !== undefined && <span role="alert">{refusal}</span>}
      <Popconfirm
        title={t('importCancel')}
        description={t('importCancelSure', { posted: group(String(one.entriesPosted)) })}
        okText={t('importCancelYes')}
        cancelText={t('importCancelNo')}
        onConfirm={cancel}
      >
        <Button danger loading={busy}>
          {t('importCancel')}
        </Button>
      </Popconfirm>
    </>
  );
}
