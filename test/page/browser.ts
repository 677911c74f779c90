// Chromium for the page's tests: every page that it opens is watched for what a page here must never do.
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { waitFor } from '../../src/lab/wait.ts';
import type { Ending } from '../integration/support.ts';

/** A name that is this host without looking like it: the daemon answers it by token only. */
export const ELSEWHERE = 'mainstay.test';
/** Only a failing test waits as long as this, or one on a machine that is very busy. */
const PATIENCE_MS = 15_000;

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: false,
    args: [`--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`],
  });
}

/**
 * The page at `url`. It ends with the test, which fails if the page asked another origin, threw, or the browser
 * complained of more than a daemon that does not answer, or refuses.
 */
export async function open(
  browser: Browser,
  { onTestFinished }: Pick<Ending, 'onTestFinished'>,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ timezoneId: 'UTC', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && origin !== new URL(url).origin) complaints.push(request.url());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    if (!/^Failed to load resource: (net::ERR_|.*status of (400|401))/.test(text)) {
      complaints.push(text);
    }
  });
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(url);
  return page;
}

/** Waits until what the page shows in this element, without line breaks, fits. */
export async function shows(page: Page, selector: string, fits: RegExp): Promise<void> {
  let text = '';
  const found = async () => {
    text = (await page.locator(selector).innerText()).replace(/\s+/g, ' ');
    return fits.test(text);
  };
  await waitFor(found, PATIENCE_MS, `${selector} shows ${fits}`, () => text);
}

/** What a person who does not see the picture is told of it. */
export async function pictured(page: Page, fits: RegExp): Promise<void> {
  let text = '';
  const found = async () => {
    text = (await page.getByRole('img').getAttribute('aria-label')) ?? '';
    return fits.test(text);
  };
  await waitFor(found, PATIENCE_MS, `the picture shows ${fits}`, () => text);
}
