import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { callerFor, signIn } from './client.js';
import { launchBrowser, type Product, startProduct } from './product.js';

jest.setTimeout(180_000);

const PICTURES = join(process.cwd(), 'server/test/pictures');
const SIZES = {
  wall: { width: 1920, height: 1080 },
  desk: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
};
/** Software rendering on two cores is slow; what is awaited is an event, and this is only when to give up. */
const PATIENCE = { timeout: 45_000 };

interface Twin {
  ready: boolean;
  lathes: number;
  frames: number;
  drawCalls: number;
  lastFrameSeq: number;
  poseOf(id: string): { spindleAngle: number; x: number; z: number; workDiameter: number; health: number };
}

let product: Product;
let browser: Browser;
let page: Page;
const outside: string[] = [];
const faults: string[] = [];

const twin = () =>
  page.evaluate(() => {
    const hook = (globalThis as unknown as { __twin: Twin }).__twin;
    const { ready, lathes, frames, drawCalls, lastFrameSeq } = hook;
    return { ready, lathes, frames, drawCalls, lastFrameSeq };
  });
const poseOf = (id: string) =>
  page.evaluate((latheId) => (globalThis as unknown as { __twin: Twin }).__twin.poseOf(latheId), id);
const untilPose = (id: string, test: string) =>
  page.waitForFunction(
    ([latheId, condition]) => {
      const pose = (globalThis as unknown as { __twin: Twin }).__twin.poseOf(latheId as string);
      return new Function('pose', `return ${condition}`)(pose) as boolean;
    },
    [id, test],
    PATIENCE,
  );
const picture = (name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`), timeout: 90_000 });

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  product = await startProduct();
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: SIZES.desk, bypassCSP: true });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(product.url) && !/^(data|blob):/.test(url)) outside.push(url);
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('401')) faults.push(message.text());
  });
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe('an operator in the browser', () => {
  it('is asked to sign in, and lands on the floor with every lathe in it', async () => {
    await page.goto(product.url, PATIENCE);
    await page.waitForURL('**/login', PATIENCE);
    await page.waitForSelector('input[name=userID]', PATIENCE);
    await picture('login');
    await page.keyboard.type('Yash');
    await page.fill('input[name=password]', 'op123');
    await page.click('button[type=submit]');
    await page.waitForURL('**/dashboard', PATIENCE);
    await page.waitForSelector('[data-lathe="lathe-20"]', PATIENCE);
    expect(await page.locator('[data-lathe]').count()).toBeGreaterThanOrEqual(20);
    expect(await page.locator('[data-lathe="lathe-1"]').first().getAttribute('data-status')).toMatch(/running|idle/);
    expect(await page.locator('[data-lathe="lathe-1"]').first().getAttribute('data-health')).toMatch(
      /good|watch|poor|critical|unknown/,
    );
  });

  it('sees the hall drawn in a few calls and moved by the stream', async () => {
    await page.waitForFunction(() => (globalThis as unknown as { __twin: Twin }).__twin.ready, undefined, PATIENCE);
    await page.waitForFunction(
      () => (globalThis as unknown as { __twin: Twin }).__twin.frames > 2,
      undefined,
      PATIENCE,
    );
    const before = await twin();
    expect(before.lathes).toBe(20);
    expect(before.drawCalls).toBeGreaterThan(0);
    expect(before.drawCalls).toBeLessThanOrEqual(12);
    await page.waitForFunction(
      (sequence) => (globalThis as unknown as { __twin: Twin }).__twin.lastFrameSeq > sequence + 5,
      before.lastFrameSeq,
      PATIENCE,
    );
    await picture('floor-desk');
  });

  it('starts a job on an idle lathe, sees its spindle turn and its work shrink', async () => {
    await page.goto(`${product.url}/lathes/lathe-15`, PATIENCE);
    await page.click('[data-action="start-job"]', PATIENCE);
    for (let step = 0; step < 2; step++) await page.click('[data-action="next"]', PATIENCE);
    await picture('start-job');
    await page.click('[data-action="confirm-start"]', PATIENCE);
    await page.waitForSelector('[data-lathe="lathe-15"][data-status="running"]', PATIENCE);

    await untilPose('lathe-15', 'pose && pose.workDiameter > 0 && pose.spindleAngle > 10');
    const start = await poseOf('lathe-15');
    await untilPose(
      'lathe-15',
      `pose.spindleAngle > ${start.spindleAngle + 50} && pose.workDiameter < ${start.workDiameter}`,
    );
    await picture('lathe-desk');
  });

  it('acknowledges an alert with the keyboard, and another browser sees it', async () => {
    const call = callerFor(product.url, await signIn(product.url, 'Sahil'));
    const raised = await call('POST', '/api/alerts', {
      latheId: 'lathe-15',
      message: 'Door ajar',
      severity: 'critical',
    });
    await page.goto(`${product.url}/alerts`, PATIENCE);
    const row = `[data-alert-id="${raised.body.id}"]`;
    await page.waitForSelector(`${row}[data-state="unacknowledged"]`, PATIENCE);
    await picture('alerts-desk');
    await page.locator(row).focus();
    await page.keyboard.press('a');
    await page.waitForSelector(`${row}[data-state="acknowledged"], ${row}[data-state="normal"]`, PATIENCE);
    const { body } = await call('GET', `/api/alerts/${raised.body.id}`);
    expect([body.state, body.acknowledgedBy]).toEqual(['acknowledged', 'Yash']);
  });

  it('stops the job with a confirmation', async () => {
    await page.goto(`${product.url}/lathes/lathe-15`, PATIENCE);
    await page.click('[data-action="stop-job"]', PATIENCE);
    await page.click('[data-action="confirm"]', PATIENCE);
    await page.waitForSelector('[data-lathe="lathe-15"][data-status="idle"]', PATIENCE);
  });

  it('is told when the connection is lost, and everything comes back by itself', async () => {
    await page.goto(`${product.url}/dashboard`, PATIENCE);
    await page.waitForSelector('[data-connection="live"]', { ...PATIENCE, state: 'attached' });
    const killed = product.kill('api');
    await page.waitForSelector('[data-connection]:not([data-connection="live"])', { ...PATIENCE, state: 'attached' });
    await picture('connection-lost');
    await product.untilBack('api', killed);
    await page.waitForSelector('[data-connection="live"]', { ...PATIENCE, state: 'attached' });
  });

  it('works on the wall and on the phone', async () => {
    for (const [name, size] of [
      ['wall', SIZES.wall],
      ['phone', SIZES.phone],
    ] as const) {
      await page.setViewportSize(size);
      for (const path of ['dashboard', 'lathes/lathe-1', 'alerts', 'jobs']) {
        await page.goto(`${product.url}/${path}`, PATIENCE);
        await page.waitForSelector('main', PATIENCE);
        await page.waitForSelector('[data-connection="live"]', { ...PATIENCE, state: 'attached' });
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect([path, name, overflow]).toEqual([path, name, 0]);
        await picture(`${path.replace('/', '-')}-${name}`);
      }
    }
  });

  it('fetched nothing from another address and saw no error', () => {
    expect(outside).toEqual([]);
    expect(faults.filter((text) => !/WebSocket|ERR_CONNECTION|Failed to load resource/.test(text))).toEqual([]);
  });
});
