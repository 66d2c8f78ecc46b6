import { APPEARANCES, chooseAppearance, useAppearance } from '../appearance';
import { useWords } from '../language';

export function AppearancePicker() {
  const { t } = useWords();
  const { chosen } = useAppearance();
  return (
    <div className="appearances" role="group" aria-label={t('appearance')}>
      {APPEARANCES.map((one) => (
        <button key={one} type="button" aria-pressed={one === chosen} onClick={() => chooseAppearance(one)}>
          {t(`appearance_${one}`)}
        </button>
      ))}
    </div>
  );
}
