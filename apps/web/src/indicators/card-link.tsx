import type { MouseEvent } from 'react';
import { addressWith, go } from '../address';
import { useWords } from '../language';

/** Beside a figure's name: opens what the figure means. */
export function CardLink({ indicator, title }: { indicator: string; title: string }) {
  const { t } = useWords();
  const to = { card: indicator };
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  const said = t('whatItMeans', { title });
  return (
    <a className="card-link" href={addressWith(to)} aria-label={said} title={said} onClick={follow}>
      ?
    </a>
  );
}
