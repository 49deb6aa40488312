import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { callerFor, signIn } from './client.js';
import { launchBrowser, type Product, startProduct, until } from './product.js';

let plant: Product;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  plant = await startProduct({ env: { FLEET_SIZE: '2' }, args: [] });
  browser = await launchBrowser();
}, 180_000);
afterAll(async () => {
  await context?.close();
  await browser?.close();
  await plant?.stop();
}, 60_000);

/** A page of somebody who has signed in, without the twin: software WebGL would take the processors from the plant. */
async function pageOf(userID: string, password: string, path: string): Promise<Page> {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript('HTMLCanvasElement.prototype.getContext = () => null');
  await page.goto(`${plant.url}/login`);
  await page.fill('input[name=userID]', userID);
  await page.fill('input[name=password]', password);
  await page.click('button[type=submit]');
  await page.waitForURL(/dashboard|manager/);
  await page.goto(plant.url + path);
  return page;
}

const riskOn = async (page: Page) => Number(await page.locator('[data-prediction]').getAttribute('data-risk'));

describe('a fault on a lathe', () => {
  it('raises the risk with its reason on the page before physics breaks the tool', async () => {
    const operator = callerFor(plant.url, await signIn(plant.url, 'Yash'));
    await until('lathe-1 is free', 60_000, async () => {
      const running = (await operator('GET', '/api/jobs?latheId=lathe-1&status=In%20Progress')).body.items;
      if (running.length === 0) return true;
      await operator('POST', `/api/jobs/${running[0].JobID}/stop`, {});
      return undefined;
    });
    const started = await operator('POST', '/api/jobs', {
      latheId: 'lathe-1',
      jobType: 'turning',
      material: 'Alloy Steel 4140',
      toolNo: 10,
      estimatedTime: 200,
      timeScale: 10,
      seed: 7,
      parameters: { cuttingSpeed: 150, flankWear: 0.16 },
    });
    expect(started.status).toBe(201);
    const page = await pageOf('Yash', 'op123', '/lathes/lathe-1');
    await page.locator('[data-model-kind="trained"]').waitFor({ timeout: 60_000 });
    await until('a first risk', 30_000, async () => ((await riskOn(page)) < 0.1 ? true : undefined));
    await operator('POST', `/api/jobs/${started.body.JobID}/faults`, { type: 'toolBreakage', severity: 0.3 });
    await until('the risk is high', 60_000, async () => ((await riskOn(page)) > 0.8 ? true : undefined));
    const strongest = page.locator('[data-prediction] [data-feature]').first();
    expect(await strongest.getAttribute('data-feature')).toBe('wear');
    expect(Number(await strongest.getAttribute('data-contribution'))).toBeGreaterThan(0.3);
    expect(await page.locator('[data-prediction]').getAttribute('data-mode')).toBe('wearOut');
    await page.getByText('tool marked on the machine').waitFor();
    expect(await page.locator('[data-nearest-limit]').textContent()).toMatch(/learned limit at .* \(tool worn out\)/);
    const { body } = await operator('GET', `/api/jobs/${started.body.JobID}`);
    expect(body.Status).toBe('In Progress'); // the tool still cuts
  }, 200_000);
});

describe('a manager', () => {
  it('trains with progress, sees the comparison, activates and rolls back', async () => {
    const page = await pageOf('Sahil', 'man123', '/admin/models');
    const active = page.locator('[data-active-model]');
    await until('a model is active', 30_000, async () =>
      (await active.getAttribute('data-active-model')) === 'lathe 1' ? true : undefined,
    );
    await page.click('[data-action="train"]');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Tools in the simulator').fill('40');
    await dialog.getByRole('button', { name: 'Train' }).click();
    const training = page.locator('[data-training]').first();
    await until('progress is seen', 120_000, async () => {
      const progress = Number(await training.getAttribute('data-progress').catch(() => '0'));
      return progress > 0 && progress < 1 ? true : undefined;
    });
    await until('it is done', 400_000, async () =>
      (await training.getAttribute('data-state')) === 'done' ? true : undefined,
    );
    await page.click('[data-action="compare"]');
    await page.locator('[data-comparison]').waitFor({ timeout: 120_000 });
    expect(await page.locator('[data-comparison]').textContent()).toMatch(
      /lathe plant-1 (passes|does not pass) the gate/,
    );
    await page.locator('[data-model="lathe plant-1"] [data-action="activate"]').click();
    await page.locator('[data-action="confirm"]').click();
    await page.locator('[data-active-model="lathe plant-1"]').waitFor({ timeout: 20_000 });
    await page.click('[data-action="roll-back"]');
    await page.locator('[data-action="confirm"]').click();
    await page.locator('[data-active-model="lathe 1"]').waitFor({ timeout: 20_000 });
  }, 700_000);
});
