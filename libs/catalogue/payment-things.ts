import { YUAN, type CountedThing } from './counted-thing';
import { label } from './label';

/** The money of those payments. */
export const PAYMENT_THINGS = [
  {
    key: 'registry.sampling_fee_amount',
    kind: 'SamplingFeeAmount',
    label: label('采样费金额', 'sampling fees'),
    ...YUAN,
  },
  {
    key: 'donation.consolation_amount',
    kind: 'ConsolationAmount',
    label: label('慰问金金额', 'consolation money'),
    ...YUAN,
  },
] as const satisfies readonly CountedThing[];
