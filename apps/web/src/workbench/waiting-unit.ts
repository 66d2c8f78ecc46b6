/** What those who wait in a worklist are counted in; one donor may wait for several steps. */
export const WAITING_UNIT = { case: 'countedCases', donor: 'countedSteps' } as const;
