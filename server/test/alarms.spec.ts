import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
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
    await page.waitForSelector(`${rowOf(id)}[data-pending]`, PATIENCE);
    await page.unroute('**/acknowledge');
    await page.evaluate('window.dispatchEvent(new Event("online"))');
    await page.waitForSelector(rowOf(id, 'acknowledged'), PATIENCE);
    expect(await eventsOf(id)).toEqual(['limitExceeded', 'acknowledged']);
    expect(await page.evaluate('Object.keys(localStorage).filter((k) => k.includes("acknowledgement."))')).toEqual([]);
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

  it.each(['dark', 'light'])('has no serious fault of accessibility in the %s theme', async (scheme) => {
    await page.evaluate(`localStorage.setItem('mantine-color-scheme-value', '${scheme}')`);
    await page.reload(PATIENCE);
    await page.waitForSelector('main [data-alert-id]', PATIENCE);
    await page.addScriptTag({ path: AXE });
    const faults = await page.evaluate(
      `axe.run().then(({ violations }) => violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' | ')))`,
    );
    expect(faults).toEqual([]);
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
