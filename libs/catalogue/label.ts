/** A name in both languages of the product. */
export interface Label {
  readonly zh: string;
  readonly en: string;
}

export function label(zh: string, en: string): Label {
  return { zh, en };
}
