import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { remove } from '../api/request';
import { sessionQuery } from '../api/session';
import { useWords } from '../language';

/** Ends the session, and forgets all that it has read. */
export function SignOut() {
  const { t } = useWords();
  const queries = useQueryClient();
  const end = async () => {
    await remove('/session').catch(() => undefined);
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
    await queries.refetchQueries(sessionQuery);
  };
  return (
    <Button type="text" onClick={() => void end()}>
      {t('signOut')}
    </Button>
  );
}
