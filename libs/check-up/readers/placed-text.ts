/** A piece of a page's text where it stands; the page's bottom is 0. */
export interface PlacedText {
  readonly text: string;
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly size: number;
}
