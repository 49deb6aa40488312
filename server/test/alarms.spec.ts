import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { DEFAULT_THRESHOLDS } from '#domain/alarms/default-thresholds.js';
import { type Caller, callerFor, signIn } from './client.js';
import { launchBrowser, type Product, startProduct } from './product.js';

jest.setTimeout(180_000);

const PATIENCE = { timeout: 45_000 };
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let product: Product;
let browser: Browser;
let page: Page;
let manager: Caller;

const raise = async (message: string, rest: object = {}): Promise<string> => {
  const alert = { latheId: 'lathe-12', message, severity: 'warning', ...rest };
  return (await manager('POST', '/api/alerts', alert)).body.id;
};
const rowOf = (id: string, state = '') => `main [data-alert-id="${id}"]${state && `[data-state="${state}"]`}`;
const eventsOf = async (id: string): Promise<string[]> =>
  (await manager('GET', `/api/alerts/${id}/transitions`)).body.map(({ event }: { event: string }) => event);

async function signedIn(userID: string, password: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, bypassCSP: true });
  const fresh = await context.newPage();
  await fresh.goto(`${product.url}/login`, PATIENCE);
  await fresh.fill('input[name=userID]', userID);
  await fresh.fill('input[name=password]', password);
  await fresh.click('button[type=submit]');
  await fresh.waitForURL(/dashboard|manager/, PATIENCE);
  return fresh;
}

/** Walks to a row with the keyboard alone. */
async function walkTo(id: string): Promise<void> {
  await page.waitForSelector(rowOf(id), PATIENCE);
  await page.keyboard.press('Home');
  await page.waitForFunction('document.activeElement?.matches("[data-row-focus]")', undefined, PATIENCE);
  for (let presses = 0; presses < 60; presses++) {
    const here = await page.evaluate('document.activeElement?.closest("[data-alert-id]")?.dataset.alertId');
    if (here === id) return;
    await page.keyboard.press('j');
  }
  throw new Error(`no way to ${id}`);
}

/** What axe-core finds on a page that would keep people out. */
async function seriousFaults(on: Page): Promise<unknown> {
  await on.addScriptTag({ path: AXE });
  return on.evaluate(
    `axe.run().then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' | ')))`,
  );
}

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  manager = callerFor(product.url, await signIn(product.url, 'Sahil'));
  page = await signedIn('Yash', 'op123');
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe('the alarm console', () => {
  it('lets an operator acknowledge with a comment by keyboard alone', async () => {
    const id = await raise('Guard ajar');
    await page.goto(`${product.url}/alerts`, PATIENCE);
    await walkTo(id);
    await page.keyboard.press('c');
    await page.waitForSelector('textarea[name=comment]:focus', PATIENCE);
    await page.keyboard.type('Closed it');
    await page.keyboard.press('Enter');
    await page.waitForSelector(rowOf(id, 'acknowledged'), PATIENCE);
    const { body } = await manager('GET', `/api/alerts/${id}/transitions`);
    expect(body.at(-1)).toMatchObject({ event: 'acknowledged', actor: 'Yash', comment: 'Closed it' });
  });

  it('shelves with a reason, and what lasts comes back unacknowledged when the time is over', async () => {
    const id = await raise('Coolant low');
    await walkTo(id);
    await page.keyboard.press('s');
    await page.fill('input[name=reason]', 'Refill is ordered', PATIENCE);
    await page.selectOption('select[name=span]', 'other');
    await page.fill('input[name=minutes]', '0.05');
    await page.keyboard.press('Enter');
    await page.waitForSelector(rowOf(id), { ...PATIENCE, state: 'detached' });
    await page.waitForSelector(rowOf(id, 'unacknowledged'), PATIENCE);
    expect(await eventsOf(id)).toEqual(['limitExceeded', 'shelved', 'shelfExpired']);
  });

  it('shows a second person what the first has done, once', async () => {
    const id = await raise('Chip conveyor stands');
    const other = await signedIn('Raj', 'op123');
    await other.goto(`${product.url}/alerts`, PATIENCE);
    await other.waitForSelector(rowOf(id, 'unacknowledged'), PATIENCE);
    const seen = other.waitForSelector(rowOf(id, 'acknowledged'), PATIENCE);
    await page.click(`${rowOf(id)} [data-action="acknowledge"]`, PATIENCE);
    await seen;
    expect(await other.locator(`${rowOf(id)} [data-action="acknowledge"]`).count()).toBe(0);
    expect((await eventsOf(id)).filter((event) => event === 'acknowledged')).toHaveLength(1);
    await other.context().close();
  });

  it('keeps an acknowledgement given offline over a reload, and delivers it once', async () => {
    const id = await raise('Door switch');
    await page.waitForSelector(rowOf(id, 'unacknowledged'), PATIENCE);
    await page.context().setOffline(true);
    await page.click(`${rowOf(id)} [data-action="acknowledge"]`, PATIENCE);
    await page.waitForSelector(`${rowOf(id)}[data-pending="waiting"]`, PATIENCE);
    await page.route('**/acknowledge', (route) => route.abort('internetdisconnected'));
    await page.context().setOffline(false);
    await page.reload(PATIENCE);
    try {
      await page.waitForSelector(`${rowOf(id)}[data-pending]`, PATIENCE);
    } finally {
      await page.unroute('**/acknowledge');
    }
    await page.evaluate('window.dispatchEvent(new Event("online"))');
    await page.waitForSelector(rowOf(id, 'acknowledged'), PATIENCE);
    expect(await eventsOf(id)).toEqual(['limitExceeded', 'acknowledged']);
    // The socket may tell of it before the answer does that strikes it out.
    await page.waitForFunction(
      '!Object.keys(localStorage).some((k) => k.includes("acknowledgement."))',
      null,
      PATIENCE,
    );
  });

  it('mutes its tones without acknowledging, and remembers it', async () => {
    const id = await raise('Lubricant low');
    await page.waitForSelector(rowOf(id, 'unacknowledged'), PATIENCE);
    await page.click('h1');
    await page.click('[data-sound="on"]', PATIENCE);
    await page.waitForSelector('[data-sound="muted"]', PATIENCE);
    await page.reload(PATIENCE);
    await page.waitForSelector('[data-sound="muted"]', PATIENCE);
    await page.waitForSelector(rowOf(id, 'unacknowledged'), PATIENCE);
  });

  it('keeps the rows in their place that somebody reads when others come in above them', async () => {
    // No job of the demo runs there, so that nothing else comes and goes.
    const latheId = 'lathe-19';
    for (let i = 1; i <= 16; i++) await raise(`Lamp ${i}`, { latheId, severity: 'info' });
    await page.goto(`${product.url}/alerts?lathe=${latheId}`, PATIENCE);
    await page.waitForSelector('[data-flood]', PATIENCE); // so that no flood regroups the list meanwhile
    const last = page.locator('main [data-alert-id]').last();
    await last.scrollIntoViewIfNeeded();
    const [id, before] = [await last.getAttribute('data-alert-id'), await last.boundingBox()];
    for (const message of ['Smoke', 'Fire']) await raise(message, { latheId, severity: 'critical' });
    await page.waitForSelector('[data-new-above]', PATIENCE);
    const after = await page.locator(rowOf(id ?? '')).boundingBox();
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(2);
    await page.click('[data-new-above]');
    await page.waitForSelector('[data-new-above]', { ...PATIENCE, state: 'detached' });
    expect(await page.evaluate('document.getElementById("main").scrollTop')).toBe(0);
  });

  it('is acknowledged from the card of its lathe on the floor', async () => {
    const id = await raise('Light curtain dirty', { latheId: 'lathe-10', severity: 'critical' });
    await page.goto(`${product.url}/dashboard`, PATIENCE);
    const button = '[data-lathe="lathe-10"] [aria-label="Acknowledge: Light curtain dirty"]';
    await page.click(button, PATIENCE);
    await page.waitForSelector(button, { ...PATIENCE, state: 'detached' });
    expect(await eventsOf(id)).toEqual(['limitExceeded', 'acknowledged']);
  });

  it('has no serious fault of accessibility, on any page and in either theme', async () => {
    for (const [path, shown] of [
      ['/alerts', 'main [data-alert-id]'],
      ['/alerts/quality', '[data-kpi][data-enough="false"]'],
      ['/alerts/limits', '[data-point]'],
    ] as const) {
      await page.goto(product.url + path, PATIENCE);
      await page.waitForSelector(shown, PATIENCE);
      const first = await seriousFaults(page);
      await page.click('header [aria-label^="Use the"]');
      expect([path, first, await seriousFaults(page)]).toEqual([path, [], []]);
    }
  });

  it('tries the limits of a lathe while a manager changes them, and sets them', async () => {
    const [desk, path] = [await signedIn('Sahil', 'man123'), '/api/thresholds/lathe-12'];
    await desk.goto(`${product.url}/alerts/limits?lathe=lathe-12`, PATIENCE);
    await desk.click('[data-point="HIGH_TEMPERATURE:processTemperature"] summary', PATIENCE);
    const above = '[data-point="HIGH_TEMPERATURE:processTemperature"] [data-limit="0"] input[name="high"]';
    await desk.fill(above, 'hot');
    await desk.waitForSelector('[data-action="save-limits"][disabled]', PATIENCE);
    const tried = desk.waitForRequest(
      (request) => request.url().endsWith(`${path}/backtest`) && request.postData()?.includes('361.15') === true,
      PATIENCE,
    );
    await desk.fill(above, '88');
    await tried;
    await desk.waitForSelector('[data-trial="done"]', PATIENCE);
    await desk.click('[data-action="save-limits"]', PATIENCE);
    await desk.waitForSelector('[data-action="save-limits"]', { ...PATIENCE, state: 'detached' });
    const { body: set } = await manager('GET', path);
    expect(set[0]).toMatchObject({ type: 'HIGH_TEMPERATURE', high: 361.15, deadband: 3, onDelayS: 3 });
    expect(set).toHaveLength(DEFAULT_THRESHOLDS.length);
    await desk.click('[data-point="HIGH_TEMPERATURE:processTemperature"] summary', PATIENCE);
    await desk.fill(above, '89', PATIENCE);
    await manager('PUT', path, set.slice(1));
    await desk.click('[data-action="save-limits"]', PATIENCE);
    await desk.click('[data-action="reread-limits"]', PATIENCE);
    await desk.waitForSelector('[data-action="reread-limits"]', { ...PATIENCE, state: 'detached' });
    expect(await desk.inputValue(above)).not.toBe('89');
    expect((await manager('GET', path)).body).toEqual(set.slice(1));
    await desk.context().close();
  });

  it('shows the lock of a critical stop until maintenance has been done', async () => {
    await raise('Spindle knocks', { severity: 'critical', stop: true });
    await page.goto(`${product.url}/lathes/lathe-12`, PATIENCE);
    await page.waitForSelector('[data-locked="lathe-12"]', PATIENCE);
    const plan = { minutes: 30, reason: 'Bearing looked at' };
    const begun = await manager('POST', '/api/lathes/lathe-12/maintenance', plan);
    const { body: lathe } = await manager('GET', '/api/lathes/lathe-12');
    expect([begun.status < 300, typeof lathe.maintenance?.id]).toEqual([true, 'string']);
    await manager('DELETE', `/api/lathes/lathe-12/maintenance/${lathe.maintenance.id}`);
    await page.waitForSelector('[data-locked]', { ...PATIENCE, state: 'detached' });
  });
});
