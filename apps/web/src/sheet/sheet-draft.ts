/** What was typed into a day's sheet and is not saved. */
export interface SheetDraft {
  readonly cells: Readonly<Record<string, { readonly text: string; readonly id: string }>>;
  /** The id of the reversal of each entry that is to be taken back: sent again it is the same. */
  readonly reversals: Readonly<Record<string, string>>;
  readonly why: string;
}

export const NO_DRAFT: SheetDraft = { cells: {}, reversals: {}, why: '' };

const place = (account: string, day: string) => `marrow-ledger.sheet.${account}.${day}`;

export function readDraftOf(account: string, day: string): SheetDraft {
  try {
    return { ...NO_DRAFT, ...(JSON.parse(localStorage.getItem(place(account, day)) ?? '{}') as Partial<SheetDraft>) };
  } catch {
    return NO_DRAFT;
  }
}

export function keepDraft(account: string, day: string, draft: SheetDraft): void {
  try {
    if (Object.keys(draft.cells).length === 0) localStorage.removeItem(place(account, day));
    else localStorage.setItem(place(account, day), JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing still saves.
  }
}
