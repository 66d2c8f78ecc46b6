import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { sessionQuery, type Session } from '../api/session';
import { useWords } from '../language';
import { Failure } from '../page/failure';
import { ChangePassword } from './change-password';
import { EnrolSecondFactor } from './enrol-second-factor';
import { SetUp } from './set-up';
import { SignIn } from './sign-in';

const SessionContext = createContext<Session | null>(null);

/** Who is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside Gate');
  return session;
}

/** Shows the page to who is signed in, and to everybody else the way in. */
export function Gate({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(sessionQuery);
  const [setupToken, setSetupToken] = useState(() => /^#setup=(.+)$/.exec(window.location.hash)?.[1]);
  if (error && !data) {
    return (
      <main className="page">
        <Failure error={error} retry={() => void refetch()} />
      </main>
    );
  }
  if (data === undefined) return <main className="page" aria-busy="true" aria-label={t('loading')} />;
  if (data === null) {
    if (setupToken === undefined) return <SignIn />;
    const done = () => {
      window.history.replaceState(null, '', window.location.pathname);
      setSetupToken(undefined);
    };
    return <SetUp token={setupToken} done={done} />;
  }
  if (data.pending === 'password') return <ChangePassword />;
  if (data.pending === 'second_factor') return <EnrolSecondFactor />;
  return <SessionContext value={data}>{children}</SessionContext>;
}
