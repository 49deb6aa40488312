import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FAULT_TYPES, JOB_TYPES } from '../contract/enums.js';
import { calculate } from './calculate.js';
import { MATERIALS } from './materials.js';
import { simulate } from './simulate.js';
import { TOOLS } from './tools.js';

const chapter = readFileSync('docs/how-the-simulator-works.md', 'utf8');

/** Rows of the first table behind a comment or a heading, cell by cell, without its head. */
function tableAfter(mark: string): string[][] {
  const lines = chapter.slice(chapter.indexOf(mark)).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const length = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  const rows = lines.slice(first + 2, first + length);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/[*`]/g, '')),
  );
}

const written = (value: number | string | null | undefined): string =>
  value === null || value === undefined ? '–' : String(value);
const range = (of: { min: number; max: number } | null): string => (of ? `${of.min}–${of.max}` : '–');

describe('the chapter on the simulator', () => {
  it('has the materials as they are', () => {
    const rows = MATERIALS.map((material) => [
      material.name,
      material.vdiGroup,
      material.hardness,
      material.kc1,
      material.mc,
      material.density,
      material.specificHeat,
      material.conductivity,
      material.limitTemperature,
      material.heatFactor,
      material.rippleFactor,
      material.speed15,
    ]);
    expect(tableAfter('<!-- materials -->')).toEqual(rows.map((row) => row.map(written)));
  });

  it('has the tools as they are', () => {
    const rows = TOOLS.map((tool) => [
      tool.toolNo,
      tool.insert,
      tool.kind,
      tool.enteringAngle,
      tool.noseRadius,
      tool.rakeAngle,
      tool.speedFactor,
      tool.taylorN,
      range(tool.feed),
      range(tool.depthOfCut),
      tool.forceLimit,
    ]);
    expect(tableAfter('<!-- tools -->')).toEqual(rows.map((row) => row.map(written)));
  });

  it('tells every fault and the defaults of every job', () => {
    expect(tableAfter('## 11. Faults').map(([type]) => type)).toEqual([...FAULT_TYPES]);
    const jobs = tableAfter('### What a short order leaves open').map(([type]) => type);
    expect([...jobs].sort()).toEqual([...JOB_TYPES].sort());
  });

  it('works its example as the calculator does', () => {
    const job = {
      jobType: 'turning',
      material: 'Alloy Steel 4140',
      toolNo: 1,
      parameters: { mode: 'constantRpm', cuttingSpeed: 200, feed: 0.25, depthOfCut: 2, diameter: 60, coolant: 'flood' },
    } as const;
    const r = calculate(job);
    const example = chapter.slice(chapter.indexOf('## 16.'), chapter.indexOf('## 17.'));
    for (const figure of [
      `${r.spindleSpeed.toFixed(1)} 1/min`,
      `${r.feedRate.toFixed(1)} mm/min`,
      `${r.chipThickness.toFixed(5)} mm`,
      `${r.specificCuttingForce.toFixed(1)} N/mm²`,
      `${r.cuttingForce.toFixed(1)} N`,
      `${r.feedForce.toFixed(1)} N`,
      `${r.passiveForce.toFixed(1)} N`,
      `${r.cuttingTorque.toFixed(2)} N·m`,
      `${r.cuttingPower.toFixed(1)} W`,
      `${r.removalRate.toFixed(2)} cm³/min`,
      `${r.spindleTorque.toFixed(2)} N·m`,
      `${r.spindlePower.toFixed(1)} W`,
      // the last digit of a tie is the reader's choice: 26.235
      `${(r.toolLife + 1e-3).toFixed(2)} min`,
      `${r.roughnessRa!.toFixed(3)} µm`,
    ]) {
      expect(example).toContain(`**${figure}**`);
    }
    const { end } = simulate({ ...job, minutes: 20, noise: false, diameterHeld: true });
    for (const figure of [
      `${end.flankWear!.toFixed(3)} mm`,
      `${end.torque!.toFixed(1)} N·m`,
      `${(end.power! / 1000).toFixed(2)} kW`,
      `${end.toolNode!.toFixed(0)} K`,
      `1,0${(end.cuttingZone! - 1000).toFixed(0)} K`,
    ]) {
      expect(example).toContain(figure);
    }
  });

  it('links to headings that exist', () => {
    const anchors = new Set(
      [...chapter.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
        title!
          .toLowerCase()
          .replace(/[^\w\s-]/g, '')
          .replace(/\s/g, '-'),
      ),
    );
    const wear = readFileSync('docs/wear-against-measurements.md', 'utf8');
    const links = [
      ...[...chapter.matchAll(/\]\(#([^)]+)\)/g)],
      ...[...wear.matchAll(/\]\(how-the-simulator-works\.md#([^)]+)\)/g)],
    ].map(([, anchor]) => anchor);
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) expect(anchors).toContain(link);
  });
});
