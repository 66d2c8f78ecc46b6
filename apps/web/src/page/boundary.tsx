import { Component, type ReactNode } from 'react';
import { useWords } from '../language';

function Broken() {
  const { t } = useWords();
  return (
    <div className="notice" role="alert">
      <h2>{t('failed')}</h2>
      <p>{t('faulty')}</p>
      <button type="button" className="plain" onClick={() => window.location.reload()}>
        {t('reload')}
      </button>
    </div>
  );
}

/** What is shown when a part of the page breaks, or can no longer be fetched since the program was updated. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
