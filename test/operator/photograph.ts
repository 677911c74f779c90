// Prometheus' own page of alerts as Chromium shows it, for the docs: only where SCREENSHOTS=1 asks for it.
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** What is used of playwright-core, whose own types need those of a browser's page, which nothing here has. */
interface Playwright {
  readonly chromium: { launch(options: object): Promise<Browser> };
}
interface Browser {
  newPage(options: object): Promise<Page>;
  close(): Promise<void>;
}
interface Page {
  goto(url: string): Promise<unknown>;
  getByText(text: string): { click(): Promise<void> };
  addStyleTag(options: { content: string }): Promise<unknown>;
  screenshot(options: object): Promise<Buffer>;
}

const VIEW = { width: 960, height: 600 };

/** What fires, and of `alert` all that it says. */
export async function photographAlerts(prometheus: string, alert: string): Promise<void> {
  if (process.env['SCREENSHOTS'] !== '1') return;
  const { chromium }: Playwright = createRequire(import.meta.url)('playwright-core');
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: false,
  });
  try {
    const page = await browser.newPage({ viewport: VIEW });
    // Debian's Prometheus has the classic pages alone.
    await page.goto(`${prometheus}/classic/alerts`);
    for (const state of ['Inactive', 'Pending']) await page.getByText(`${state} (`).click();
    await page.getByText('Show annotations').click();
    await page.getByText(`${alert} (`).click();
    // Its rule is in the repository.
    await page.addStyleTag({ content: 'pre { display: none !important }' });
    await writeFile('docs/alerts-firing.png', await page.screenshot({ fullPage: true }));
  } finally {
    await browser.close();
  }
}
