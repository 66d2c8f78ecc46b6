import { useQueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../api/session';
import { useWords } from '../language';
import { PlainPage } from './plain-page';
import { SecondFactorSteps } from './second-factor-steps';
import { SignOut } from './sign-out';

/** What an administrator has to do before anything else. */
export function EnrolSecondFactor() {
  const { t } = useWords();
  const queries = useQueryClient();
  return (
    <PlainPage title={t('secondFactorTitle')}>
      <p className="hint">{t('secondFactorCompulsory')}</p>
      <SecondFactorSteps done={() => void queries.refetchQueries(sessionQuery)} />
      <SignOut />
    </PlainPage>
  );
}
