import { useQueries } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { addressWith, go } from '../address';
import { useWords } from '../language';
import { Card } from '../page/card';
import { Failure } from '../page/failure';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { todoParts, type Task } from './todo-parts';

const DOERS = ['entries.write', 'imports.write', 'months.submit', 'assessments.write', 'assessments.review'];

/** What is to be done by whoever is signed in, each with its number, its age, and where it is done. */
export function Todo() {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const session = useSession();
  const parts = todoParts({ view, words, session });
  const answers = useQueries({ queries: parts.map(({ query }) => query) });
  const failed = answers.find(({ error, data }) => error && !data);
  const tasks = parts.flatMap(({ tasks: of }, at) => (answers[at]?.data === undefined ? [] : of(answers[at].data)));
  const waiting = answers.some(({ isPending }) => isPending);
  const reader = !DOERS.some((permission) => session.permissions.includes(permission));
  return (
    <Card title={t('workbenchTodo')}>
      {failed ? (
        <Failure error={failed.error} retry={() => answers.forEach((one) => void one.refetch())} />
      ) : reader ? (
        <p className="hint">{t('workbenchReadsOnly')}</p>
      ) : tasks.length === 0 && !waiting ? (
        <div className="nothing">
          <h3>{t('workbenchNothing')}</h3>
          <p>{t('workbenchNothingHow')}</p>
        </div>
      ) : (
        <ul className="todo">
          {tasks.map((task) => (
            <TaskTile key={task.key} task={task} />
          ))}
          {waiting && (
            <li aria-busy="true" aria-label={t('loading')}>
              <Skeleton active title={false} paragraph={{ rows: 3 }} />
            </li>
          )}
        </ul>
      )}
    </Card>
  );
}

function TaskTile({ task: { title, count, unit, told, urgent, to } }: { task: Task }) {
  const { t } = useWords();
  return (
    <li>
      <a
        className={urgent ? 'todo-tile todo-urgent' : 'todo-tile'}
        href={addressWith(to)}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          go(to);
        }}
      >
        <span className="todo-title">{title}</span>
        <strong>
          {count.toLocaleString('en')} <span className="unit">{unit}</span>
        </strong>
        {told.map((line) => (
          <small key={line}>{line}</small>
        ))}
        <span className="todo-go">{t('todoGo')} →</span>
      </a>
    </li>
  );
}
