import { useQueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../api/session';
import { useWords } from '../language';
import { PasswordForm } from './password-form';
import { PlainPage } from './plain-page';
import { SignOut } from './sign-out';

/** What a first sign-in has to do before anything else. */
export function ChangePassword() {
  const { t } = useWords();
  const queries = useQueryClient();
  return (
    <PlainPage title={t('changePasswordTitle')}>
      <p className="hint">{t('changePasswordHint')}</p>
      <PasswordForm done={() => queries.refetchQueries(sessionQuery)} />
      <SignOut />
    </PlainPage>
  );
}
