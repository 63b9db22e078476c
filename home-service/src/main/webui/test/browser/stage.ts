import { rm } from 'node:fs/promises';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, vi } from 'vitest';
import { buildPage } from '../mock/build.mjs';
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
    let folder: string;
    const broken: string[] = [];
    const stage = {} as Stage;

    beforeAll(async () => {
      folder = await buildPage();
      browser = await launch(['--host-resolver-rules=MAP home.test 127.0.0.1']);
    });

    afterAll(async () => {
      await browser?.close();
      await rm(folder, { recursive: true });
    });

    beforeEach(async () => {
      broken.length = 0;
      stage.home = await MockHome.start(folder);
      stage.context = await browser.newContext({ locale: 'en-GB' });
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

export function eventually(check: () => void | Promise<void>, timeout = 8_000): Promise<void> {
  return vi.waitFor(check, { timeout, interval: 30 });
}

/** Waits until an element says these words, also where parts of it stand in shadow roots of their own. */
export async function says(locator: Locator, words: string): Promise<void> {
  await locator.filter({ hasText: words }).first().waitFor({ state: 'attached', timeout: 8_000 });
}

export const popup = (page: Page) => page.getByRole('dialog');
export const code = (page: Page) => page.getByTestId('code');
export const line = (page: Page) => page.getByTestId('challenge-message');

export async function validate(page: Page, typed: string): Promise<void> {
  await code(page).fill(typed);
  await page.getByRole('button', { name: 'Validate' }).click();
}
