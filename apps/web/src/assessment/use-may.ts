import type { OpenedAssessment } from '../api/assessments';
import { useSession } from '../session/gate';

/** Whether the one who looks may type here: the latest revision, while it is a draft. */
export function useMayWrite({ record }: OpenedAssessment): boolean {
  const { permissions } = useSession();
  return permissions.includes('assessments.write') && record.state === 'draft' && record.revision === record.latest;
}

/** Whether they may remark on it. */
export function useMayComment({ record }: OpenedAssessment): boolean {
  const { permissions } = useSession();
  return permissions.includes('assessments.comment') && record.state !== 'frozen' && record.revision === record.latest;
}
