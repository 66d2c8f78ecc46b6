import type { BLOOD_KINDS } from './blood-kinds';
import type { DONOR_KINDS } from './donor-kinds';
import type { MEDIA_KINDS } from './media-kinds';
import type { OPENING_KINDS } from './opening-kinds';
import type { PAYMENT_KINDS } from './payment-kinds';
import type { REQUEST_KINDS } from './request-kinds';
import type { SAMPLE_KINDS } from './sample-kinds';
import type { COUNTED_THINGS, REPORTED_VALUES } from './things';

type Spelled =
  | typeof OPENING_KINDS
  | typeof SAMPLE_KINDS
  | typeof DONOR_KINDS
  | typeof REQUEST_KINDS
  | typeof BLOOD_KINDS
  | typeof MEDIA_KINDS
  | typeof PAYMENT_KINDS;

/** The kinds of entry that a metric can count. */
export type KindCode =
  Spelled[number]['code'] | (typeof COUNTED_THINGS)[number]['kind'] | (typeof REPORTED_VALUES)[number]['kind'];
