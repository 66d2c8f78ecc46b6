import type { AssessmentState } from '../api/assessments';
import { useWords } from '../language';

const BADGES: Readonly<Record<AssessmentState, string>> = {
  draft: 'badge',
  reviewed: 'badge badge-doubtful',
  approved: 'badge badge-doubtful',
  frozen: 'badge badge-good',
};

export function StateMark({ state }: { state: AssessmentState }) {
  const { t } = useWords();
  return <span className={BADGES[state]}>{t(`state_${state}`)}</span>;
}
