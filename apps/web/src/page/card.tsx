import { Skeleton } from 'antd';
import { useId, type ReactNode } from 'react';
import type { Figures } from '../figures/use-figures';
import { useWords } from '../language';
import { Failure } from './failure';

interface CardProps {
  title: string;
  hint?: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function Card({ title, hint, actions, children }: CardProps) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <div>
          <h2 id={id}>{title}</h2>
          {hint && <p className="hint">{hint}</p>}
        </div>
        {actions && <div className="card-actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

export function CardSkeleton({ height }: { height: number }) {
  return (
    <div className="card" style={{ minHeight: height }}>
      <Skeleton active paragraph={{ rows: Math.max(2, Math.floor(height / 60)) }} />
    </div>
  );
}

/** Shows the children once the figures are there; a skeleton of about their height before. */
export function WhenRead({
  of,
  height,
  children,
}: {
  of: readonly Figures[];
  height: number;
  children: () => ReactNode;
}) {
  const { t } = useWords();
  const failed = of.find(({ error }) => error);
  if (failed) return <Failure error={failed.error} retry={failed.retry} />;
  if (of.some(({ loading }) => loading)) {
    return (
      <div style={{ minHeight: height }} role="status" aria-busy="true" aria-label={t('loading')}>
        <Skeleton active title={false} paragraph={{ rows: Math.floor(height / 40) }} />
      </div>
    );
  }
  return children();
}
