import { ACTIVITY_THINGS } from './activity-things';
import { BLOOD_THINGS } from './blood-things';
import { JUDGED_LINES } from './judged-lines';
import { OFFICE_THINGS } from './office-things';
import { ORGAN_THINGS } from './organ-things';
import { PAYMENT_THINGS } from './payment-things';
import { RELIEF_THINGS } from './relief-things';
import { REPORTED_FIGURES } from './reported-figures';
import { RESCUE_THINGS } from './rescue-things';
import { TRAINING_THINGS } from './training-things';

/** Everything that is counted by a definition of one object. */
export const COUNTED_THINGS = [
  ...BLOOD_THINGS,
  ...ACTIVITY_THINGS,
  ...TRAINING_THINGS,
  ...PAYMENT_THINGS,
  ...ORGAN_THINGS,
  ...RELIEF_THINGS,
  ...RESCUE_THINGS,
  ...OFFICE_THINGS,
] as const;

/** Everything that is typed in as it was found out. */
export const REPORTED_VALUES = [...REPORTED_FIGURES, ...JUDGED_LINES] as const;
