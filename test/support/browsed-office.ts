import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { DataSource } from 'typeorm';
import type { RoleCode } from '../../libs/accounts/roles';
import { beginSession } from '../../libs/accounts/sessions';
import { CHROMIUM } from './needs';
import { Program } from './program';
import { makeAccount } from './signed-in';
import { createSmallRegistry } from './small-registry';
import { createTestDatabase, type TestDatabase } from './test-database';

export const SWITCHES = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

/** What a walk through the page takes at most, in milliseconds. */
export const A_MINUTE = 60_000;
/** What it takes at most to start an office. */
export const TO_START = 3 * A_MINUTE;

interface Who {
  /** The registry's root unless said. */
  readonly org?: string;
  readonly name?: string;
  /** Of the window. */
  readonly width?: number;
}

/** The running program of a small registry, and a browser in which its people are signed in. */
export class BrowsedOffice {
  /** What scripts of its pages threw and nobody caught. */
  private readonly faults: string[] = [];

  private constructor(
    private readonly database: TestDatabase,
    readonly address: string,
    private readonly browser: Browser,
    private readonly program: Program,
  ) {}

  /**
   * @param fill writes what stands in its ledger before anybody looks
   * @param asOwner does then what the program itself may not
   */
  static async start(
    fill: (source: DataSource) => Promise<unknown>,
    asOwner: (ownerUrl: string) => Promise<unknown> = async () => undefined,
  ): Promise<BrowsedOffice> {
    const database = await createTestDatabase();
    await createSmallRegistry(database.source);
    await fill(database.source);
    const { url, ownerUrl } = database;
    await asOwner(ownerUrl);
    const program = await Program.start('alone', [], { PORT: '0', DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl });
    const [, address = ''] = await program.says(/ready .*(http:\/\/127\.0\.0\.1:\d+)/);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
    return new BrowsedOffice(database, address, browser, program);
  }

  get source(): DataSource {
    return this.database.source;
  }

  /** A browser in which somebody is signed in. */
  private async signedIn(role: RoleCode, { org, name, width = 1440 }: Who = {}): Promise<BrowserContext> {
    // What moves is not yet there to be pressed, and a press on it falls beside it.
    const context = await this.browser.newContext({
      locale: 'zh-CN',
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(15_000);
    context.on('weberror', (thrown) => this.faults.push(String(thrown.error().stack)));
    const value = await beginSession(this.source.manager, await makeAccount(this.source, role, { org, name }), null);
    await context.addCookies([{ name: 'marrow', value, url: this.address, httpOnly: true, sameSite: 'Strict' }]);
    return context;
  }

  /** A page of somebody who has just signed in. */
  async open(role: RoleCode, path = '/', who: Who = {}): Promise<Page> {
    const page = await (await this.signedIn(role, who)).newPage();
    await page.goto(`${this.address}${path}`);
    return page;
  }

  /** Ends all of it; fails if a page's script threw meanwhile. */
  async close(): Promise<void> {
    await this.browser.close();
    await this.program.kill('SIGTERM');
    await this.database.drop();
    expect(this.faults).toEqual([]);
  }
}

/** Turns to a page by the menu, which stands behind a button on a telephone. */
export async function turnTo(page: Page, name: string): Promise<void> {
  const menu = page.getByRole('navigation', { name: '页面' });
  await menu.waitFor();
  // The menu's own; below its pages stand others.
  const button = menu.getByRole('button', { includeHidden: true }).first();
  if (await button.isVisible()) await button.click();
  await menu.getByRole('link', { name, exact: true }).click();
}

/** Waits until a page has read what it shows. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main').waitFor();
  await page.locator('[aria-busy="true"], .ant-skeleton').first().waitFor({ state: 'detached' });
}
