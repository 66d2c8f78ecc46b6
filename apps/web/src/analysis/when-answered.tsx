import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Problem } from '../api/request';
import { useWords } from '../language';
import { Failure } from '../page/failure';

interface WhenAnsweredProps<Answer> {
  of: UseQueryResult<Answer>;
  height: number;
  children: (answer: Answer) => ReactNode;
}

/** Shows the children once there is an answer, and a skeleton of about their height before. */
export function WhenAnswered<Answer>({ of, height, children }: WhenAnsweredProps<Answer>) {
  const { t } = useWords();
  const { data, error, refetch } = of;
  if (data !== undefined) return children(data);
  // To ask once more changes nothing about a year of which there are no entries.
  if (error instanceof Problem && error.code === 'only_reported') return <p className="none">{error.detail}</p>;
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  return (
    <div style={{ minHeight: height }} role="status" aria-busy="true" aria-label={t('loading')}>
      <Skeleton active title={false} paragraph={{ rows: Math.floor(height / 40) }} />
    </div>
  );
}
