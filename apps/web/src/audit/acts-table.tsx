import { go } from '../address';
import type { AuditAct } from '../api/audit';
import { orgName } from '../entries/entry-words';
import { group, sayInstant } from '../figures/format';
import { useWords } from '../language';
import { useView } from '../view';
import { actName } from './act-words';

export function ActsTable({ acts }: { acts: readonly AuditAct[] }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  return (
    <table className="acts">
      <caption className="away">{t('auditList')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('auditAt')}</th>
          <th scope="col">{t('auditActor')}</th>
          <th scope="col">{t('auditAct')}</th>
          <th scope="col">{t('auditThing')}</th>
          <th scope="col">{t('auditOrg')}</th>
          <th scope="col">{t('auditResult')}</th>
          <th scope="col" className="right">
            {t('auditSeq')}
          </th>
        </tr>
      </thead>
      <tbody>
        {acts.map(({ seq, at, actor, act, thing, org, result }) => (
          <tr key={seq}>
            <td className="act-at">{sayInstant(at)}</td>
            <th scope="row">{actor}</th>
            <td>{actName(act, words)}</td>
            <td className="act-thing">{thing ?? <span className="none">—</span>}</td>
            <td>{org === null ? <span className="none">—</span> : orgName(org, view, words)}</td>
            <td className={`act-${result}`}>{t(`result_${result}`)}</td>
            <td className="right">
              <button
                type="button"
                className="plain-link"
                aria-label={t('auditOpen', { seq })}
                onClick={() => go({ seq })}
              >
                {group(seq)}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
