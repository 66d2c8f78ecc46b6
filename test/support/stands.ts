import type { Page } from 'playwright-core';

/** What opens stands still: a press that falls on what still moves is none, and what closes while it opens may stay. */
export async function stands(page: Page): Promise<void> {
  const moving = `document.getAnimations().filter(
    (one) => one.playState === 'running' && one.effect.getTiming().iterations !== Infinity).length`;
  while ((await page.evaluate(moving)) !== 0) await page.waitForTimeout(50);
}
