import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useAddress } from '../address';
import { MOVING } from '../api/queries';
import { assessmentQuery, pathOf, type AssessmentPlace, type OpenedAssessment } from '../api/assessments';
import { put } from '../api/request';
import { useView } from '../view';

/** What the address says is assessed: a whole year, or its first half; nothing where no form is chosen. */
export function useAssessmentPlace(): AssessmentPlace | undefined {
  const { form, project = '', revision } = useAddress();
  const { org, period } = useView();
  return useMemo(() => {
    if (form === undefined) return undefined;
    const number = /^[1-9]\d{0,4}$/.test(revision ?? '') ? Number(revision) : undefined;
    return { form, org, project, period: assessedPeriod(period), ...(number && { revision: number }) };
  }, [form, org, period, project, revision]);
}

/** A form is filled for a year and for its first half. */
export function assessedPeriod(period: string): string {
  return period.endsWith('-H1') ? period : period.slice(0, 4);
}

/** Shows what an act answered, and has the rest read again. */
export function useAnswered(place: AssessmentPlace): (opened?: OpenedAssessment) => void {
  const queries = useQueryClient();
  return useCallback(
    (opened) => {
      const { revision: _, ...latest } = place;
      if (opened) queries.setQueryData(assessmentQuery(latest).queryKey, opened);
      else void queries.invalidateQueries({ queryKey: [MOVING, 'assessment'] });
      void queries.invalidateQueries({ queryKey: [MOVING, 'assessments'] });
    },
    [place, queries],
  );
}

/** Writes at a place of the form, upon the version that the writer had before them. */
export function useWrite(place: AssessmentPlace) {
  const answered = useAnswered(place);
  return async (path: string, content: object, version: number): Promise<OpenedAssessment> => {
    const opened = await put<OpenedAssessment>(pathOf({ ...place, revision: undefined }, path), {
      ...content,
      version,
    });
    answered(opened);
    return opened;
  };
}
