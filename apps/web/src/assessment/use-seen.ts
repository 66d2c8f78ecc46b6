import { useState } from 'react';
import type { OpenedAssessment } from '../api/assessments';

/** What somebody has looked at: the form as it was first shown to them, until they say that they have seen another. */
export function useSeen(opened: OpenedAssessment | undefined) {
  const [seen, setSeen] = useState(opened);
  const isFirst = opened !== undefined && seen?.record.revision !== opened.record.revision;
  if (isFirst) setSeen(opened);
  return { seen: isFirst ? opened : seen, look: setSeen };
}
