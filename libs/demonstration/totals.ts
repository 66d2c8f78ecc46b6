/** What a count comes to in each of the two years. */
export type PerYear = readonly [in2023: number, in2024: number];

/** What the two years of the demonstration come to; the generator meets each number exactly. */
export const TOTALS = {
  recruited: [10_800, 12_000],
  samplesPassedOn: [2_530, 2_805],
  screenRequested: [9_312, 10_008],
  screenAgreed: [4_433, 4_877],
  remobiliseRequested: [1_021, 1_114],
  remobiliseAgreed: [652, 726],
  hrRequested: [377, 358],
  hrAgreed: [241, 219],
  examStarted: [187, 231],
  examConcluded: [149, 181],
  donated: [109, 136],
  revisited: [172_043, 186_594],
  revisitedAgain: [4_310, 5_240],
  withdrawn: [1_950, 2_310],
  transferred: [138, 161],
} as const satisfies Record<string, PerYear>;

/** Of the year's examinations: those repeated after a pause, and those before a second donation. */
export const REPEATED_EXAMS = { started: [8, 17], concluded: [6, 13] } as const satisfies Record<string, PerYear>;

/** Second donations of one donor: lymphocytes in either year, stem cells in the second. */
export const SECOND_DONATIONS: PerYear = [1, 2];

/** Donors listed on 2024-12-31. The opening stock is what makes it so. */
export const STOCK_AT_END = 196_937;

/** Until the ledger began. */
export const BEFORE = { withdrawn: 24_618, donated: 1_187 } as const;
