import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, vi } from 'vitest';
import { findChromium, launch } from '../mock/chromium.mjs';
import { MockHome } from '../mock/home.mjs';

/** What a test has: a fresh Home and a fresh browser profile. */
export interface Stage {
  home: MockHome;
  context: BrowserContext;
  /** Opens a tab that is signed in. */
  signedIn(): Promise<Page>;
  /** Opens another tab of the same browser. */
  tab(path?: string): Promise<Page>;
}

/**
 * Tests of the page in a real browser. Without one they are skipped, unless KEYTURN_REQUIRE names `browser`. After each
 * test the page must have broken no rule of its security policy and thrown nothing.
 */
export function describeInBrowser(name: string, tests: (stage: Stage) => void): void {
  const required = (process.env['KEYTURN_REQUIRE'] ?? '').split(',').includes('browser');
  describe.skipIf(findChromium() === null && !required)(name, () => {
    let browser: Browser;
    const broken: string[] = [];
    const stage = {} as Stage;

    beforeAll(async () => {
      browser = await launch(['--host-resolver-rules=MAP home.test 127.0.0.1']);
    });

    afterAll(async () => {
      await browser?.close();
    });

    beforeEach(async () => {
      broken.length = 0;
      stage.home = await MockHome.start(inject('page'));
      stage.context = await browser.newContext({ locale: 'en-GB' });
      stage.context.setDefaultTimeout(LIMIT);
      stage.context.on('weberror', (error) => broken.push(error.error().message));
      stage.context.on('console', (message) => {
        if (/Content Security Policy|Trusted/i.test(message.text())) broken.push(message.text());
      });
      stage.tab = async (path = '/') => {
        const page = await stage.context.newPage();
        await page.goto(stage.home.url + path);
        return page;
      };
      stage.signedIn = async () => {
        const page = await stage.context.newPage();
        await page.goto(stage.home.link());
        await page.getByRole('button', { name: 'Sign out' }).waitFor();
        return page;
      };
    });

    afterEach(async () => {
      await stage.context.close();
      await stage.home.stop();
      expect(broken).toEqual([]);
    });

    tests(stage);
  });
}

/** Far more than anything here takes: a busy machine is no failure. */
const LIMIT = 45_000;

export function eventually(check: () => void | Promise<void>, timeout = LIMIT): Promise<void> {
  return vi.waitFor(check, { timeout, interval: 30 });
}

/** Waits until an element says these words, also where parts of it stand in shadow roots of their own. */
/** Stops the page's clock, so that how fast this machine is decides nothing; `page.clock.runFor` lets it go on. */
export async function stopClock(page: Page): Promise<void> {
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 5_000);
}

export async function says(locator: Locator, words: string | RegExp): Promise<void> {
  await locator.filter({ hasText: words }).first().waitFor({ state: 'attached', timeout: LIMIT });
}

export const popup = (page: Page) => page.getByRole('dialog');
export const code = (page: Page) => page.getByTestId('code');
export const line = (page: Page) => page.getByTestId('challenge-message');

export async function validate(page: Page, typed: string): Promise<void> {
  await code(page).fill(typed);
  await page.getByRole('button', { name: 'Validate' }).click();
}
