import { useSession } from '../session/gate';
import { Changed } from './changed';
import { Todo } from './todo';
import { WhoWaits } from './who-waits';
import '../styles/workbench.css';
import '../texts/workbench';

/** What waits for whoever is signed in, who waits for them, and what has moved. */
export default function Workbench() {
  const { permissions } = useSession();
  return (
    <>
      <Todo />
      {permissions.includes('entries.read') && <WhoWaits />}
      <Changed />
    </>
  );
}
