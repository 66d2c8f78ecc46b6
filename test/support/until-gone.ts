import type { Locator } from 'playwright-core';

/** Longer than anything takes to open or to go. */
const A_MOMENT = 3_000;

/**
 * Pressed as a person does: again, when the first press fell to something in front that was still going.
 *
 * @throws Error when it stays after three presses
 */
export async function untilGone(what: Locator, press: () => Promise<void>): Promise<void> {
  for (let pressed = 1; pressed <= 3; pressed += 1) {
    await press();
    const gone = await what.waitFor({ state: 'hidden', timeout: A_MOMENT }).then(
      () => true,
      () => false,
    );
    if (gone) return;
  }
  throw new Error(`It does not go, however often one presses: ${(await what.textContent()) ?? ''}`);
}

export function closedByEscape(dialog: Locator): Promise<void> {
  return untilGone(dialog, () => dialog.page().keyboard.press('Escape'));
}
