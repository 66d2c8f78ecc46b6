import { DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { dateInShanghai } from '../../../../libs/core/period';
import { go, useAddress } from '../address';
import { auditQuery, type AuditSearch } from '../api/audit';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { OrgPicker } from '../page/org-picker';
import { Turning, usePaged } from '../page/paged-list';
import { useView } from '../view';
import { ActDrawer } from './act-drawer';
import { ActsTable } from './acts-table';
import { asksNothing, auditAddress, readAuditSearch } from './audit-address';
import { AuditSearchForm } from './audit-search-form';
import { ChainState } from './chain-state';
import '../styles/audit.css';
import '../texts/audit';

/** Who did what: searched, opened, handed out; and whether the chain of it holds. */
export default function Audit() {
  const { t } = useWords();
  const queries = useQueryClient();
  const { org, status } = useView();
  const address = useAddress();
  const asked = readAuditSearch(address);
  const key = JSON.stringify(asked);
  // The root's own acts are asked for by its name too, and others see their whole by asking nothing.
  const search = { ...asked, org: org === status.root ? undefined : org };
  const parameters = new URLSearchParams(
    Object.entries(search).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return (
    <>
      <Card
        title={t('audit')}
        hint={t('auditHint')}
        actions={
          <div className="toolbar">
            <OrgPicker />
            <Button onClick={() => void queries.invalidateQueries({ queryKey: ['audit'] })}>{t('auditRefresh')}</Button>
            <Button
              icon={<DownloadOutlined aria-hidden="true" />}
              href={`/api/audit.csv?${parameters}`}
              title={t('auditExportHint')}
              download
            >
              {t('auditExport')}
            </Button>
          </div>
        }
      >
        <ChainState />
        <AuditSearchForm key={`form ${key}`} asked={asked} today={dateInShanghai(new Date())} />
        <Found key={`${key} ${org}`} search={search} />
      </Card>
      {address.seq !== undefined && /^\d{1,17}$/.test(address.seq) && <ActDrawer key={address.seq} seq={address.seq} />}
    </>
  );
}

function Found({ search }: { search: AuditSearch }) {
  const { t } = useWords();
  const found = useInfiniteQuery(auditQuery(search));
  const { shown, turning } = usePaged(found);
  if (found.error && !found.data) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (!shown) return <CardSkeleton height={480} />;
  if (shown.acts.length === 0) {
    const anything = asksNothing({ ...search, org: undefined });
    return (
      <div className="nothing">
        <h3>{t(anything ? 'auditNothing' : 'auditNoMatch')}</h3>
        <p>{t(anything ? 'auditNothingHow' : 'auditNoMatchHow')}</p>
        {!anything && <Button onClick={() => go(auditAddress({}))}>{t('auditClear')}</Button>}
      </div>
    );
  }
  return (
    <>
      <ActsTable acts={shown.acts} />
      <Turning label={t('auditList')} of={turning} />
    </>
  );
}
