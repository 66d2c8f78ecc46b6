import { useMemo } from 'react';
import type { CheckUpView, FoundNumber, ReportFinding } from '../api/check-ups';
import { useWords } from '../language';
import { piecesOf } from './pieces';

interface MarkedTextProps {
  view: CheckUpView;
  shown: readonly { finding: ReportFinding; number: number }[];
  chosen: number | undefined;
  choose: (number: number) => void;
}

/** The text as it was read: each number is marked, and what a finding is of leads to it. */
export function MarkedText({ view, shown, chosen, choose }: MarkedTextProps) {
  const { t } = useWords();
  const lines = useMemo(() => piecesOf(view, shown), [view, shown]);
  return (
    <div className="marked-text" lang="zh-CN" tabIndex={0} role="region" aria-label={t('reportText')}>
      {lines.map((pieces, at) => (
        <p key={at} data-line={at + 1}>
          {pieces.map(({ start, text, number, finding, first }) =>
            finding !== undefined ? (
              <button
                key={start}
                id={first ? `place-${finding}` : undefined}
                type="button"
                className={[
                  'marked',
                  view.findings[finding]?.severity === 'error' ? 'marked-error' : 'marked-warning',
                  finding === chosen && 'marked-chosen',
                ]
                  .filter(Boolean)
                  .join(' ')}
                onClick={() => choose(finding)}
              >
                {text}
              </button>
            ) : number ? (
              <NumberMark key={start} text={text} number={number} />
            ) : (
              <span key={start}>{text}</span>
            ),
          )}
        </p>
      ))}
    </div>
  );
}

function NumberMark({ text, number }: { text: string; number: FoundNumber }) {
  const { t } = useWords();
  const bound = [number.place, number.noun].filter(Boolean).join(' · ') || t('numberUnbound');
  return (
    <mark className="found-number" title={t('numberOf', { number: number.text, bound })}>
      {text}
    </mark>
  );
}
