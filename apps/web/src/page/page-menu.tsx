import { MenuOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState, type MouseEvent } from 'react';
import { addressWith, go } from '../address';
import { useWords } from '../language';
import type { TextKey } from '../texts';
import { AppearancePicker } from './appearance-picker';
import type { PageDefinition } from './pages';

const GROUPS = {
  daily: 'groupDaily',
  figures: 'groupFigures',
  yearEnd: 'groupYearEnd',
  office: 'groupOffice',
} as const satisfies Readonly<Record<PageDefinition['group'], TextKey>>;

interface PageMenuProps {
  pages: readonly PageDefinition[];
  page: PageDefinition;
  /** Starts it, where there is something to see. */
  tour?: () => void;
}

/** The pages that a person may see; on a narrow screen behind a button. */
export function PageMenu({ pages, page, tour }: PageMenuProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const groups = Object.keys(GROUPS) as PageDefinition['group'][];
  const to = ({ code }: PageDefinition) => ({ tab: code === pages[0]?.code ? undefined : code });
  const follow = (event: MouseEvent, one: PageDefinition) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    setOpen(false);
    go(to(one));
  };
  const startTour = () => {
    setOpen(false);
    tour?.();
  };
  const shut = () => {
    if (open) button.current?.focus();
    setOpen(false);
  };
  return (
    <nav className="menu" aria-label={t('parts')} onKeyDown={({ key }) => key === 'Escape' && shut()}>
      <Button
        ref={button}
        className="menu-button"
        icon={<MenuOutlined aria-hidden="true" />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t(page.title)}
      </Button>
      <div className={open ? 'menu-groups menu-open' : 'menu-groups'}>
        {groups.map((group) => {
          const shown = pages.filter((one) => one.group === group);
          if (shown.length === 0) return null;
          return (
            <section key={group}>
              <h2>{t(GROUPS[group])}</h2>
              {shown.map((one) => (
                <a
                  key={one.code}
                  href={addressWith(to(one))}
                  aria-current={one === page ? 'page' : undefined}
                  onClick={(event) => follow(event, one)}
                >
                  {t(one.title)}
                </a>
              ))}
            </section>
          );
        })}
        {tour && pages.some(({ code }) => code === 'funnel') && (
          <button type="button" className="tour-button" onClick={startTour}>
            {t('tour')}
          </button>
        )}
        <AppearancePicker />
      </div>
    </nav>
  );
}
