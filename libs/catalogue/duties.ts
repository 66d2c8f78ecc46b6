import type { KindCode } from './kind-code';

/**
 * What an org owes each month, by its level: of a kind that it has nothing of, submitting the month says so by a nil
 * return (零报告). Only those that submit owe anything: the orgs right below the registry.
 */
const CITY = [
  'RecruitmentRegistered',
  'SampleCollected',
  'DonorEnrolled',
  'RetentionContacted',
  'DonorWithdrawn',
  'ScreenRequested',
  'ScreenAnswered',
  'RemobiliseRequested',
  'RemobiliseAnswered',
  'HrTypingRequested',
  'HrTypingAnswered',
  'ExamStarted',
  'ExamConcluded',
  'DonationCompleted',
  'FollowUpRecorded',
] as const satisfies readonly KindCode[];

const COLLECTING = ['RecruitmentRegistered', 'SampleCollected'] as const satisfies readonly KindCode[];

const DUTIES: Readonly<Record<string, readonly KindCode[]>> = {
  city: CITY,
  county: CITY,
  station: COLLECTING,
  university: COLLECTING,
};

/** The kinds that an org of this level owes each month. */
export function dutiesOf(level: string): readonly KindCode[] {
  return DUTIES[level] ?? [];
}

/** Every kind that some org owes, with the levels of those that do. */
export const DUTY_ROWS: readonly { readonly level: string; readonly kind: KindCode }[] = Object.entries(DUTIES).flatMap(
  ([level, kinds]) => kinds.map((kind) => ({ level, kind })),
);

/** How a month's count is held against the org's own past. */
export const OUTLIER_RULE = {
  /** How many months before it are looked at. */
  months: 12,
  /** Of so many at least something must have been reported, or nothing is said. */
  fewest: 6,
  /** From this robust z-score on, either way, a count is shown: 0.6745 × (count − median) ÷ MAD. */
  threshold: '3.5',
  /** A MAD below this is taken for it: of counts that hardly vary one more is nothing strange. */
  leastMad: '1',
} as const;
