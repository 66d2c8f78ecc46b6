import { Button } from 'antd';
import { go, useAddress } from '../address';
import { orgName } from '../entries/entry-words';
import { useWords } from '../language';
import { useView } from '../view';
import { PAGES, type PageDefinition } from './pages';

/** Says what an address names that its reader does not see, so that they take nothing else for it. */
export function AddressNotice({ shown }: { shown: PageDefinition }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const address = useAddress();
  const page = PAGES.find(({ code }) => code === address.tab);
  const told = [
    page && page !== shown && t('addressPage', { page: t(page.title), shown: t(shown.title) }),
    address.org !== undefined &&
      !view.orgs.has(address.org) &&
      t('addressOrg', { org: address.org, shown: orgName(view.org, view, words) }),
  ].filter((one) => one !== false && one !== undefined);
  if (told.length === 0) return null;
  return (
    <div className="strip" role="status">
      {told.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Button
        size="small"
        onClick={() => go({ tab: page === shown ? address.tab : undefined, org: undefined }, 'replace')}
      >
        {t('addressUnderstood')}
      </Button>
    </div>
  );
}
