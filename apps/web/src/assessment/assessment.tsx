import { useAddress } from '../address';
import { AssessmentListPage } from './assessment-list';
import { AssessmentPage } from './assessment-page';
import { useAssessmentPlace } from './use-assessment';
import '../texts/assessed-form';
import '../texts/assessment';
import '../texts/indicators';
import '../texts/logging';

/** The self-assessments of a year, or one of them. */
export default function Assessment() {
  const { form } = useAddress();
  const place = useAssessmentPlace();
  if (form === undefined || !place) return <AssessmentListPage />;
  return <AssessmentPage key={`${place.form} ${place.period} ${place.org} ${place.project}`} place={place} />;
}
