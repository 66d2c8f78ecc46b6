import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { go } from '../address';
import { useWords } from '../language';
import { useSession } from '../session/gate';

const Tour = lazy(() => import('./tour'));

const STORED = 'marrow-ledger.tour';

interface TourOfferProps {
  /** Where it is asked for. */
  open: boolean;
  change: (open: boolean) => void;
}

/** Offers the tour once to who looks at the demonstration, and gives it to who asks for it. */
export function TourOffer({ open, change }: TourOfferProps) {
  const { t } = useWords();
  const { demonstration, permissions } = useSession();
  const [answered, setAnswered] = useState(() => localStorage.getItem(STORED) !== null);
  const answer = (wanted: boolean) => {
    localStorage.setItem(STORED, 'answered');
    setAnswered(true);
    if (wanted) go({ tab: 'funnel' });
    change(wanted);
  };
  if (open) {
    return (
      <Suspense>
        <Tour close={() => answer(false)} />
      </Suspense>
    );
  }
  if (answered || !demonstration || !permissions.includes('figures.read')) return null;
  return (
    <p className="strip tour-offer" role="status">
      {t('tourOffer')}
      <Button size="small" onClick={() => answer(true)}>
        {t('tourStart')}
      </Button>
      <Button size="small" type="text" onClick={() => answer(false)}>
        {t('tourDecline')}
      </Button>
    </p>
  );
}
