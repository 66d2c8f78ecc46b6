/** An org of the comparison: a child, or the chosen org's own entries. */
export interface Place {
  org: string;
  own: boolean;
  name: string;
}
