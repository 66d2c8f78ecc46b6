import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Skeleton } from 'antd';
import { go } from '../address';
import { actQuery, type AuditAct } from '../api/audit';
import { orgName } from '../entries/entry-words';
import { group, sayInstant } from '../figures/format';
import { useWords } from '../language';
import { Failure } from '../page/failure';
import { useView } from '../view';
import { actName, fieldName, valueName } from './act-words';
import { auditAddress } from './audit-address';

/** One act with all that is recorded of it. */
export function ActDrawer({ seq }: { seq: string }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(actQuery(seq));
  return (
    <Drawer
      open
      size="min(560px, 100vw)"
      onClose={() => go({ seq: undefined })}
      title={t('auditOne', { seq: group(seq) })}
    >
      {error && data === undefined ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : data === null ? (
        <p>{t('auditGone')}</p>
      ) : (
        <WholeAct act={data} />
      )}
    </Drawer>
  );
}

function WholeAct({ act: { at, actor, act, thing, org, address, result, detail, hash } }: { act: AuditAct }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const facts: [string, string | null][] = [
    [t('auditAt'), sayInstant(at)],
    [t('auditActor'), actor],
    [t('auditAct'), `${actName(act, words)} (${act})`],
    [t('auditThing'), thing],
    [t('auditOrg'), org === null ? null : orgName(org, view, words)],
    [t('auditFromAddress'), address],
    [t('auditResult'), t(`result_${result}`)],
  ];
  const details = Object.entries(detail ?? {});
  return (
    <div className="whole-act">
      <dl className="act-facts">
        {facts.map(([name, said]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{said ?? <span className="none">{t('auditNobody')}</span>}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('auditDetail')}</h3>
      {details.length === 0 ? (
        <p className="none">{t('auditNoDetail')}</p>
      ) : (
        <dl className="act-facts">
          {details.map(([field, value]) => (
            <div key={field}>
              <dt>{fieldName(field, words)}</dt>
              <dd>
                {typeof value === 'string' ? valueName(field, value, words) : <code>{JSON.stringify(value)}</code>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <h3>{t('auditHash')}</h3>
      <code className="hash">{hash}</code>
      <div className="audit-search-actions">
        <Button onClick={() => go({ ...auditAddress({ actor }), seq: undefined })}>{t('auditMoreOfActor')}</Button>
        {thing !== null && (
          <Button onClick={() => go({ ...auditAddress({ thing }), seq: undefined })}>{t('auditMoreOfThing')}</Button>
        )}
      </div>
    </div>
  );
}
