/** How long a request has been open: days, both ends included; the last band has no end. */
export interface AgeBand {
  readonly key: string;
  readonly from: number;
  readonly to: number | null;
}

export const AGE_BANDS: readonly AgeBand[] = [
  { key: '0-7', from: 0, to: 7 },
  { key: '8-30', from: 8, to: 30 },
  { key: '31-60', from: 31, to: 60 },
  { key: '61-90', from: 61, to: 90 },
  { key: '>90', from: 91, to: null },
];
