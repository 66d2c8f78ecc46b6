import type { Locator } from 'playwright-core';

/** Longer than any dialog takes to open or to go. */
const A_MOMENT = 3_000;

/**
 * Escape pressed as a person does: again, when the first press fell to a dialog in front that was still going.
 *
 * @throws Error when the dialog stays after three presses
 */
export async function closedByEscape(dialog: Locator): Promise<void> {
  for (let press = 1; press <= 3; press += 1) {
    await dialog.page().keyboard.press('Escape');
    const gone = await dialog.waitFor({ state: 'hidden', timeout: A_MOMENT }).then(
      () => true,
      () => false,
    );
    if (gone) return;
  }
  throw new Error(`A dialog does not close by Escape: ${(await dialog.textContent()) ?? ''}`);
}
