import { useWords } from '../language';
import { useView } from '../view';

/** How drills come about, where there has been none. */
export function NoDrills() {
  const { t } = useWords();
  const demonstration = useView().status.registry?.demonstration ?? false;
  return (
    <section className="notice">
      <h2>{t('drillsNone')}</h2>
      <p>{t('drillsHow')}</p>
      <p>{t(demonstration ? 'drillsNoneDemonstration' : 'drillsNoneOffice')}</p>
      {!demonstration && <p>{t('drillsLogin')}</p>}
      <p>
        {t('drillNow')}
        <br />
        <code>npm run -s ledger -- {demonstration ? 'drill' : '--office drill'}</code>
      </p>
    </section>
  );
}
