import type { Import } from '../api/imports';
import { useWords } from '../language';

const LOOKS: Readonly<Record<Import['state'], string>> = {
  received: 'badge',
  accepted: 'badge',
  posting: 'badge',
  mapping: 'badge badge-doubtful',
  staged: 'badge badge-doubtful',
  stopped: 'badge badge-wrong',
  refused: 'badge badge-wrong',
  cancelled: 'badge',
  done: 'badge badge-good',
};

export function ImportStateMark({ state }: Pick<Import, 'state'>) {
  const { t } = useWords();
  return <span className={LOOKS[state]}>{t(`importState_${state}`)}</span>;
}
