import { Button } from 'antd';
import { Problem } from '../api/request';
import { useWords } from '../language';

/** The sentence of a problem; of one without a server, what to look at. */
export function useProblemSentence(): (error: unknown) => string {
  const { t } = useWords();
  return (error) =>
    !(error instanceof Problem) ? t('faulty') : error.code === 'unreachable' ? t('unreachable') : error.detail;
}

export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useWords();
  const say = useProblemSentence();
  return (
    <div className="notice" role="alert">
      <h2>{t('failed')}</h2>
      <p>{say(error)}</p>
      <Button type="primary" onClick={retry}>
        {t('retry')}
      </Button>
    </div>
  );
}
