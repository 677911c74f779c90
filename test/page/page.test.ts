// The live page in a real Chromium: first with a daemon of the test's own, then in an incident of the lab.
import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, onTestFinished, test } from 'vitest';
import { waitFor } from '../../src/lab/wait.ts';
import { stray } from '../integration/by-hand.ts';
import { PATIENCE_MS, UNHELD } from '../integration/scenes.ts';
import { openLab, start } from '../integration/support.ts';
import { ELSEWHERE, launch, open, pictured, shows } from './browser.ts';
import { fakeDaemon, hence, TOKEN } from './daemon.ts';
import { proxy, splitBrain, status } from './statuses.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const ENDING = { onTestFinished, onTestFailed };
const PHONE = { viewport: { width: 390, height: 844 } };

async function daemonWith(...given: Parameters<typeof fakeDaemon>) {
  const daemon = await fakeDaemon(...given);
  onTestFinished(() => daemon.close());
  return daemon;
}

async function typeToken(page: Page, token = TOKEN): Promise<void> {
  await page.getByLabel('Token').fill(token);
  await button(page, 'Use').click();
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** What the page holds: nodes of its document, and bytes of its heap after a collection. */
async function weigh(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return { nodes: await page.locator('*').count(), bytes: usedSize };
}

async function picture(page: Page, name: string): Promise<void> {
  if (process.env['SCREENSHOTS'] === '1') await page.screenshot({ path: `docs/${name}.png` });
}

test('says what is, why not more, until when, and what happened', async () => {
  const daemon = await daemonWith(splitBrain());
  daemon.history = [
    {
      at: hence(-1),
      kind: 'decision',
      verdict: 'split-brain',
      result: null,
      says: 'sessions are on main and on backup',
    },
    {
      at: hence(-90_000),
      kind: 'outcome',
      verdict: null,
      result: 'ok',
      says: 'ha1: closed 3 sessions',
    },
  ];
  const page = await open(browser, ENDING, daemon.url);
  const { headers } = await fetch(daemon.url);
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  await shows(page, '#live', /^live$/);
  await shows(page, '#verdict', /^Split brain Sessions are on main and on backup\. mainstay will/);
  await shows(page, '#facts', /for 1 min 1\d s Target main Mode converge Not seen in full ha3/);
  await shows(
    page,
    '#gates',
    /cooldown at ha2 ?opens in (1 min|5\d s).* Sessions were closed at ha2 .*\. It opens by itself\. blind at ha3/,
  );
  await shows(page, '#peers', /✓ ha2 wants the same target/);
  await shows(
    page,
    '#history',
    /\dZ sessions are on main and on backup .* ha1: closed 3 sessions$/,
  );
  await pictured(
    page,
    /^relays, 8 sessions\. .* 2 on backup, old worker 20, 1 on backup\. ha3, driven, not seen/,
  );
  expect(await page.locator('.label.wrong').allTextContents()).toEqual(['2 wrong', '1 wrong']);
  await page.getByText('The same as a table').click();
  await shows(page, '#table', /ha2 20 \(old\) 0 1 wrong ha3 not seen: nobody listens at/);
  expect(await page.title()).toBe('Split brain · ADA1 · mainstay');
});

test('shows names as text, whatever is in them', async () => {
  const evil = '<img src=x onerror=document.title=1>"\'</title><script>alert(1)</script>';
  const daemon = await daemonWith({
    ...splitBrain(),
    cluster: evil,
    target: evil,
    says: evil,
    producers: [evil],
    proxies: [
      proxy(
        evil,
        { [evil]: 3 },
        { version: evil, pin: { server: evil, leaseMs: 1, message: evil } },
      ),
    ],
  });
  daemon.history = [{ at: hence(0), kind: 'decision', verdict: 'blind', result: null, says: evil }];
  const page = await open(browser, ENDING, daemon.url);
  await shows(page, '#history', /onerror/);
  await shows(page, '#facts', /onerror/);
  await shows(page, '#to', /onerror/);
  expect(await page.locator('img, main script, svg script').count()).toBe(0);
  expect(await page.title()).toContain(evil.slice(0, 20));
});

test('is right after 5,000 events, and has not grown', async () => {
  const daemon = await daemonWith(status());
  const page = await open(browser, ENDING, daemon.url);
  await shows(page, '#live', /^live$/);
  await sleep(300);
  const before = await weigh(page);
  for (let i = 1; i <= 100; i++) {
    const on = i % 4;
    daemon.status = status({
      proxies: [proxy('ha1', { main: on, backup: 4 - on }), proxy('ha2', { main: i, backup: 0 })],
    });
    daemon.history.unshift({
      at: hence(i),
      kind: 'decision',
      verdict: 'split-brain',
      result: null,
      says: `turn ${i}`,
    });
    for (let k = 0; k < 50; k++) daemon.events.publish(k % 2 ? 'decision' : 'action', { i, k });
    await sleep(10);
  }
  await pictured(page, /ha1, .* 4 on backup\. ha2, .* 100 on main/);
  await shows(page, '#history', /turn 100 .* turn 81$/);
  daemon.status = status();
  daemon.history = [];
  daemon.events.publish('decision', {});
  await pictured(page, /ha2, 2.6.12 · driven, 4 on main/);
  await shows(page, '#history', /^$/);
  const after = await weigh(page);
  expect(after.nodes).toBe(before.nodes);
  expect(after.bytes - before.bytes).toBeLessThan(1_000_000);
});

test('survives a restart of the daemon, and says so meanwhile', async () => {
  const first = await fakeDaemon(status());
  const page = await open(browser, ENDING, first.url);
  await shows(page, '#live', /^live$/);
  await first.close();
  await shows(page, '.badge', /^stale: the daemon does not answer · last word \d s ago$/);
  expect(await page.title()).toMatch(/^stale: Converged/);
  const second = await daemonWith(splitBrain(), { port: first.port });
  await shows(page, '#live', /^live$/);
  await shows(page, 'h1', /^Split brain$/);
  // And events are followed again: this one comes sooner than the next question would.
  await waitFor(() => second.followed > 0, PATIENCE_MS, 'it follows again');
  second.status = status();
  const toldMs = performance.now();
  second.events.publish('decision', {});
  await shows(page, 'h1', /^Converged$/);
  expect(performance.now() - toldMs).toBeLessThan(1500);
});

test('says so when the daemon answers and decides nothing', async () => {
  const daemon = await daemonWith({ ...status(), at: hence(-12) });
  daemon.isStuck = true;
  const page = await open(browser, ENDING, daemon.url);
  await shows(page, '.badge', /^stale: the daemon decides nothing new · last word 1[2-9] s ago$/);
  expect(await page.title()).toMatch(/^stale: /);
});

test('is right at once after a sleep, and after a network that was gone', async () => {
  const daemon = await daemonWith(status());
  const page = await open(browser, ENDING, daemon.url);
  await shows(page, 'h1', /^Converged$/);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  daemon.status = splitBrain();
  const asked = daemon.asked;
  await sleep(2500);
  // It did sleep: awake it asks every two seconds.
  expect(daemon.asked - asked).toBeLessThan(2);
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await shows(page, 'h1', /^Split brain$/);

  await page.context().setOffline(true);
  await shows(page, '#live', /^stale: the daemon does not answer$/);
  daemon.status = status();
  await page.context().setOffline(false);
  await shows(page, 'h1', /^Converged$/);
  await shows(page, '#live', /^live$/);
});

test('asks for the token first where the daemon wants it', async () => {
  const daemon = await daemonWith(splitBrain());
  const page = await open(browser, ENDING, `http://${ELSEWHERE}:${daemon.port}/`);
  await shows(page, '#live', /^the daemon wants its token$/);
  expect(await page.getByText('What holds mainstay back').isVisible()).toBe(false);
  // The focus is on its field already.
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await shows(page, '#live', /^the daemon wants its token$/);
  await typeToken(page);
  await shows(page, 'h1', /^Split brain$/);
  const kept = await page.evaluate(
    'JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href, document.documentElement.outerHTML, token.value])',
  );
  expect(kept).not.toContain(TOKEN);
});

test('orders nothing but the plan that was shown', async () => {
  const daemon = await daemonWith(splitBrain());
  const step = {
    action: 'close-server',
    proxy: 'ha2',
    server: 'backup',
    pid: 21,
    sessions: 2,
  } as const;
  daemon.dryRun = { ...daemon.dryRun, steps: [step], gates: splitBrain().gates.slice(0, 1) };
  const page = await open(browser, ENDING, daemon.url);
  await button(page, 'Show plan').click();
  await shows(page, '#said', /^Type the token first\.$/);
  await typeToken(page);
  await button(page, 'Show plan').click();
  await shows(
    page,
    '#plan',
    /Plan: all to main .* ha2: close 2 sessions on backup .* cooldown at ha2/,
  );
  expect(await button(page, 'Converge').isEnabled()).toBe(true);
  await page.getByLabel('for', { exact: true }).fill('2h');
  expect(await button(page, 'Converge').isDisabled()).toBe(true);

  await button(page, 'Show plan').click();
  await shows(page, '#plan', /2 sessions/);
  daemon.dryRun = { ...daemon.dryRun, steps: [step, { ...step, proxy: 'ha1' }] };
  await button(page, 'Converge').click();
  await shows(page, '#said', /^The plan has changed meanwhile; nothing was done/);
  expect(daemon.taken).toEqual([]);
  // How many sessions there are is no other plan.
  daemon.dryRun = {
    ...daemon.dryRun,
    steps: daemon.dryRun.steps.map((one) => ({ ...one, sessions: 7 })),
  };
  await button(page, 'Converge').click();
  await shows(page, '#said', /^Taken: all go to main/);

  daemon.status = { ...status(), override: { to: 'main', until: hence(7200) } };
  await button(page, 'Clear override').click();
  await shows(page, '#said', /^Taken: the override ends/);
  await page.getByLabel('Do nothing for').fill('forever');
  await button(page, 'Pause').click();
  await shows(page, '#said', /^Refused: "for" is a whole number/);
  await page.getByLabel('Do nothing for').fill('10m');
  await button(page, 'Pause').click();
  await shows(page, '#said', /^Taken: mainstay watches/);
  await button(page, 'Resume').click();
  await shows(page, '#said', /^Taken: mainstay acts again/);
  expect(daemon.taken).toEqual(['override main 7200000', 'clear', 'pause 600000', 'resume']);
});

test('fits a phone, by keyboard and in the dark, and its script is small', async () => {
  expect(statSync('dist/page/page.js').size).toBeLessThan(15_000);
  const daemon = await daemonWith({
    ...splitBrain(),
    proxies: [
      ...splitBrain().proxies,
      proxy('a-proxy-with-a-very-long-name.example.org', { main: 1 }),
    ],
  });
  const page = await open(browser, ENDING, daemon.url, { ...PHONE, colorScheme: 'dark' });
  await shows(page, '#live', /^live$/);
  await page.getByText('The same as a table').click();
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 700 });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  }
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
    'rgb(13, 17, 23)',
  );
  const names: string[] = [];
  for (let i = 0; i < 10; i++) {
    await page.keyboard.press('Tab');
    names.push(
      String(await page.evaluate('document.activeElement.id || document.activeElement.innerText')),
    );
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe(
      'solid',
    );
  }
  expect(names.join()).toBe('table,token,Use,forget,to,for,Show plan,pause-for,Pause,resume');
});

test(
  'an incident of the lab: seen, paused, resumed, and converged from the page',
  { timeout: 60_000 },
  async () => {
    const lab = await openLab(ENDING, { relays: 4 });
    const tokenFile = `${lab.dir}/token`;
    await writeFile(tokenFile, `${TOKEN}\n`, { mode: 0o600 });
    const files = { api: { tokenFile }, journal: `${lab.dir}/journal` };
    await start(ENDING, lab, { ...UNHELD, ...files }, { token: TOKEN });
    const page = await open(browser, ENDING, `http://${lab.listen}/`, {
      viewport: { width: 1200, height: 950 },
    });
    await shows(page, 'h1', /^Converged$/);
    await pictured(
      page,
      /^relays, 8 sessions\. ha1, .* 4 on main\. ha2, .* 4 on main\. main, ◎ target/,
    );

    await typeToken(page);
    await button(page, 'Pause').click();
    await shows(page, '#facts', /Paused ends in (30|29) min/);
    await stray(lab, ['ha2'], ['relay1', 'relay2']);
    await shows(page, 'h1', /^Split brain$/);
    await pictured(page, /ha2, .* 2 on main, 2 on backup/);
    await shows(page, '#picture', /2 wrong/);
    await shows(page, '#gates', /paused/);
    await picture(page, 'page-incident');
    expect(lab.count({ producer: 'backup' })).toBe(2);

    await button(page, 'Resume').click();
    await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'all are on main again');
    await shows(page, 'h1', /^Converged$/);
    await pictured(page, /ha2, .*, 4 on main\. main/);
    await shows(page, '#history', /ha2/);

    await page.getByLabel('Send all sessions to').selectOption('backup');
    await button(page, 'Show plan').click();
    await shows(
      page,
      '#plan',
      /Plan: all to backup .* ha1: close 4 sessions on main ha2: close 4 sessions on main/,
    );
    expect(lab.count({ producer: 'main' })).toBe(8);
    await button(page, 'Converge').click();
    await lab.until(() => lab.allOn('backup'), PATIENCE_MS, 'all are on backup');
    await shows(page, 'h1', /^Holding$/);
    await shows(page, '#facts', /Target backup .* Override to backup, ends in (1 h|59 min)/);
    await page.setViewportSize(PHONE.viewport);
    await page.emulateMedia({ colorScheme: 'dark' });
    await waitFor(
      async () =>
        (await page.getByRole('img').getAttribute('viewBox'))?.startsWith('0 0 360') === true,
      PATIENCE_MS,
      'the narrow picture',
    );
    await picture(page, 'page-phone');
    await button(page, 'Clear override').click();
    await shows(page, '#facts', /Mode converge$/);
    await shows(page, '#gates', /failback-wait ?opens in/);
  },
);
