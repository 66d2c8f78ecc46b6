import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: 'minor' | 'moderate' | 'serious' | 'critical' | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Run in a page: what fades and slides has arrived. */
export const SETTLED = `Promise.allSettled(
  document.getAnimations()
    .filter(({ effect, timeline }) => timeline === document.timeline && effect.getComputedTiming().iterations !== Infinity)
    .map(({ finished }) => Promise.race([finished, new Promise((done) => setTimeout(done, 1000))])),
)`;

/**
 * What keeps somebody from using the page as it stands: the serious and critical findings of axe, a line each.
 *
 * @param rules those of axe alone; all of them unless said
 */
export async function hindrances(page: Page, rules?: readonly string[]): Promise<string[]> {
  // What fades in has no contrast yet.
  await page.evaluate(SETTLED);
  await page.evaluate(AXE);
  const options = rules ? JSON.stringify({ runOnly: rules }) : '';
  const found: Violation[] = await page.evaluate(`axe.run(${options}).then(({ violations }) => violations)`);
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary.replace(/\s+/g, ' ')}`,
      ),
    );
}
