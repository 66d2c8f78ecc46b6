import type { MouseEvent } from 'react';
import { useWords } from '../language';

/** The first that the keyboard comes to: past the header and the menu. */
export function SkipLink() {
  const { t } = useWords();
  const skip = (event: MouseEvent) => {
    event.preventDefault();
    document.getElementById('content')?.focus();
  };
  return (
    <a className="skip" href="#content" onClick={skip}>
      {t('skipToContent')}
    </a>
  );
}
