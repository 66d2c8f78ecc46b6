const STEPS = 5;

export interface MapStep {
  readonly from: number;
  readonly to: number;
}

/** Up to five equally wide steps over whole percents that hold all the rates; for colours only. */
export function mapSteps(rates: readonly string[]): MapStep[] {
  if (rates.length === 0) return [];
  const lowest = Math.floor(Math.min(...rates.map(Number)));
  const highest = Math.ceil(Math.max(...rates.map(Number)));
  const width = Math.max(1, Math.ceil((highest - lowest) / STEPS));
  const count = Math.max(1, Math.ceil((highest - lowest) / width));
  return Array.from({ length: count }, (_, at) => ({ from: lowest + at * width, to: lowest + (at + 1) * width }));
}

/** Which step a rate is in, from 1; a rate between two is in the higher. */
export function stepOf(rate: string, steps: readonly MapStep[]): number {
  const found = steps.findIndex(({ to }) => Number(rate) < to);
  return found < 0 ? steps.length : found + 1;
}
