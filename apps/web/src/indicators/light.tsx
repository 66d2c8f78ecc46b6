import type { TargetProgress } from '../api/targets';
import { useWords } from '../language';

export type LightColour = 'green' | 'amber' | 'red';

/** How a target stands: red where it is no longer likely, or is missed; nothing while there are no data. */
export function lightOf({ pace, forecast }: TargetProgress, over: boolean): LightColour | undefined {
  const { state } = pace;
  if (state === 'not_begun' || state === 'no_data') return undefined;
  if (state === 'exceeded') return 'red';
  const good = state !== 'behind' && state !== 'short';
  if ('likelihood' in forecast && forecast.likelihood.warning) return good ? 'amber' : 'red';
  return good ? 'green' : over ? 'red' : 'amber';
}

const SHAPES = {
  green: <circle cx="8" cy="8" r="6" />,
  amber: <path d="M8 1.5 15 14H1z" />,
  red: <path d="M8 .8 15.2 8 8 15.2.8 8z" />,
};

/** Told by its shape and a word, and not by its colour alone. */
export function Light({ colour }: { colour: LightColour | undefined }) {
  const { t } = useWords();
  if (!colour) return <span className="none">—</span>;
  return (
    <span className={`light light-${colour}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {SHAPES[colour]}
      </svg>
      {t(`light_${colour}`)}
    </span>
  );
}
