import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { type Bench, type Figures, quantile } from './bench.js';
import { type Product, pause, startProduct } from './product.js';

const ALARMS = 5000;
const FLOOD_MS = 60_000;
/** A session may send 600 requests a minute. */
const SESSIONS = 12;
const LATHES = 20;
const SLOWDOWN = 4;
const PAUSE_MS = 150;
const MOST_MS = 100;
const RESTING_ROUNDS = 12;
/** How a page is looked at without a graphics card. */
const ARGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-3d-apis', '--mute-audio'];

/** Time from each press and click to the next picture, as the browser itself takes it. @see W3C Event Timing */
const RECORD = `
  window.latencies = [];
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) {
      if (name === 'keydown' || name === 'pointerup') window.latencies.push(duration);
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });`;

/** A page that does next to nothing: what it takes is the machine's own share. */
const EMPTY = `<p>0</p><script>addEventListener('keydown', () => {
  document.querySelector('p').textContent = String(performance.now());
});</script>`;
const EMPTY_PRESSES = 40;

/** One round of what an operator does in the list; each act counts at least once. */
async function work(page: Page): Promise<number> {
  const keys = ['j', 'j', 'x', 'k', 'x', 'End', 'k', 'Home', 'j', 'a'];
  for (const key of keys) {
    await page.keyboard.press(key);
    await pause(PAUSE_MS);
  }
  await page.mouse.click(38, 600); // the box that selects a row
  await pause(PAUSE_MS);
  await page.mouse.click(38, 600);
  await page.mouse.wheel(0, 700);
  await pause(PAUSE_MS);
  return keys.length + 2;
}

async function latencies(page: Page, rounds: () => boolean): Promise<Figures[string]> {
  await page.evaluate('window.latencies.length = 0');
  let acts = 0;
  while (rounds()) acts += await work(page);
  const slow = await page.evaluate<number[]>('window.latencies');
  // What the browser does not report took less than its threshold.
  const all = [...slow, ...Array.from({ length: Math.max(0, acts - slow.length) }, () => 16)];
  return {
    acts: all.length,
    'p50 ms': quantile(all, 0.5),
    'p95 ms': quantile(all, 0.95),
    'max ms': Math.max(...all),
    [`over ${MOST_MS} ms`]: all.filter((ms) => ms > MOST_MS).length,
    rows: await page.evaluate<number>('Number(document.querySelector("main li")?.getAttribute("aria-setsize") ?? 0)'),
  };
}

async function emptyPage(page: Page): Promise<Figures[string]> {
  await page.setContent(EMPTY);
  await page.evaluate(RECORD);
  for (let i = 0; i < EMPTY_PRESSES; i++) {
    await page.keyboard.press('j');
    await pause(PAUSE_MS);
  }
  const slow = await page.evaluate<number[]>('window.latencies');
  const all = [...slow, ...Array.from({ length: Math.max(0, EMPTY_PRESSES - slow.length) }, () => 16)];
  return { acts: all.length, 'p50 ms': quantile(all, 0.5), 'p95 ms': quantile(all, 0.95), 'max ms': Math.max(...all) };
}

async function openConsole(browser: Browser, product: Product, cookie: string): Promise<[Page, CDPSession]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: product.url }]);
  const page = await context.newPage();
  await page.addInitScript(RECORD);
  await page.goto(`${product.url}/alerts`);
  await page.waitForSelector('h1');
  return [page, await context.newCDPSession(page)];
}

/** Alarms raised over HTTP, evenly over the time. @returns how many were taken */
async function raiseAll(product: Product, cookies: readonly string[]): Promise<number> {
  const beganMs = Date.now();
  let taken = 0;
  const session = async (cookie: string, at: number) => {
    for (let i = at; i < ALARMS; i += SESSIONS) {
      const dueMs = beganMs + (i / ALARMS) * FLOOD_MS;
      if (dueMs > Date.now()) await pause(dueMs - Date.now());
      const severity = i % 50 === 0 ? 'critical' : i % 5 === 0 ? 'warning' : 'info';
      const answer = await fetch(`${product.url}/api/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify({ latheId: `lathe-${1 + (i % LATHES)}`, message: `Flood ${i}`, severity }),
      });
      if (answer.status === 201) taken++;
    }
  };
  await Promise.all(cookies.map(session));
  return taken;
}

export const consoleBench: Bench = {
  about: `input latency of the alert console in a flood of ${ALARMS} alarms, on a processor ${SLOWDOWN} times slower`,
  async run(say) {
    const product = await startProduct({ FLEET_SIZE: String(LATHES) });
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ARGS,
    });
    try {
      await product.seedUsers();
      const cookies: string[] = [];
      for (let i = 0; i < SESSIONS; i++) cookies.push(await product.signIn('Yash', 'op123'));
      const [page, devtools] = await openConsole(browser, product, await product.signIn('Raj', 'op123'));
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
      let comes = true;
      const flood = raiseAll(product, cookies).finally(() => {
        comes = false;
      });
      await page.waitForSelector('main [data-alert-id]');
      const during = await latencies(page, () => comes);
      say(`${await flood} of ${ALARMS} alarms taken`);
      await pause(3000);
      let rounds = RESTING_ROUNDS;
      const after = await latencies(page, () => rounds-- > 0);
      const bare = await (await browser.newContext({ bypassCSP: true })).newPage();
      const throttle = await bare.context().newCDPSession(bare);
      await throttle.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
      return { 'while they come': during, 'when all are there': after, 'an empty page': await emptyPage(bare) };
    } finally {
      await browser.close();
      await product.stop();
    }
  },
};
