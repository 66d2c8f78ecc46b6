import { Button } from 'antd';
import { go, useAddress } from '../address';
import { orgName } from '../entries/entry-words';
import { useWords } from '../language';
import { useSession } from '../session/gate';
import { NO_FIGURE, useView } from '../view';
import { PAGES, type PageDefinition } from './pages';

/** Says what an address names that its reader does not see, so that they take nothing else for it. */
export function AddressNotice({ shown }: { shown: PageDefinition }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const address = useAddress();
  const { permissions } = useSession();
  const page = PAGES.find(({ code }) => code === address.tab);
  const unseenOrg = address.org !== undefined && !view.orgs.has(address.org);
  const unseenFigure = address.figure !== undefined && !permissions.includes('entries.read');
  const told = [
    page &&
      page !== shown &&
      t(permissions.includes(page.needs) ? 'addressWhole' : 'addressPage', {
        page: t(page.title),
        shown: t(shown.title),
      }),
    unseenFigure && t('addressFigure'),
    unseenOrg && t('addressOrg', { org: address.org, shown: orgName(view.org, view, words) }),
  ].filter((one) => one !== false && one !== undefined);
  if (told.length === 0) return null;
  const forget = () => {
    // The button goes with what it was for, and the focus with neither.
    document.getElementById('content')?.focus();
    const tab = page === shown ? address.tab : undefined;
    go({ tab, ...(unseenOrg && { org: undefined }), ...(unseenFigure && NO_FIGURE) }, 'replace');
  };
  return (
    <div className="strip" role="status">
      {told.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Button size="small" onClick={forget}>
        {t('addressUnderstood')}
      </Button>
    </div>
  );
}
