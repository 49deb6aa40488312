import type { CreateJobDto } from '#domain/contract/job.js';
import type { InjectFaultDto } from '#domain/contract/machining.js';

export type DemoJob = Omit<CreateJobDto, 'latheId' | 'queue' | 'seed'>;

/** What one lathe of the demo does, over and over. */
export interface DemoLathe {
  jobs: readonly DemoJob[];
  /** injected into each first job of a round, some time after its start */
  fault?: { afterWallS: number; fault: InjectFaultDto };
}

/** Most lathes that the demo ever works on; the others belong to whoever tries the product out. */
export const DEMO_LATHES = 12;

/**
 * One entry for each lathe, in their order: every job type and material, tools from new to nearly spent, and clocks of
 * different speed. The second lathe wears its edge out within a minute; the seventh loses its coolant after one.
 */
export const DEMO_PROGRAM: readonly DemoLathe[] = [
  {
    jobs: [
      shaft('Mild Steel', 1, 30, 4, { cuttingSpeed: 250 }, 'Drive shafts, roughing'),
      shaft('Mild Steel', 2, 20, 4, {}, 'Drive shafts, finishing'),
    ],
  },
  {
    jobs: [
      shaft('Alloy Steel 4140', 1, 30, 10, { cuttingSpeed: 160, flankWear: 0.25 }, 'Pinions on a tool near its end'),
      shaft('Alloy Steel 4140', 1, 30, 5, { cuttingSpeed: 200 }, 'Pinions on a new edge'),
    ],
  },
  { jobs: [job('facing', 'Aluminum', 3, 24, 3, {}, 'Housing covers')] },
  { jobs: [job('boring', 'Cast Iron', 4, 40, 5, {}, 'Bearing seats'), shaft('Cast Iron', 9, 40, 5, {}, 'Hubs')] },
  { jobs: [job('threading', 'Mild Steel', 5, 16, 2, {}, 'M20 studs')] },
  {
    jobs: [
      job('drilling', 'Aluminum', 7, 30, 4, { flankWear: 0.12 }, 'Manifold blocks'),
      job('drilling', 'Mild Steel', 6, 12, 2, {}, 'Flanges'),
    ],
  },
  {
    jobs: [
      shaft('Stainless 304', 10, 20, 6, { flankWear: 0.14 }, 'Pump shafts, losing coolant'),
      shaft('Stainless 304', 10, 30, 6, {}, 'Pump shafts'),
    ],
    fault: { afterWallS: 60, fault: { type: 'coolantLoss', severity: 1, rampMinutes: 2 } },
  },
  { jobs: [job('knurling', 'Brass', 8, 12, 2, {}, 'Knobs'), shaft('Brass', 3, 20, 3, {}, 'Fittings')] },
  { jobs: [shaft('Cast Iron', 9, 14, 2.5, { flankWear: 0.2 }, 'Brake discs')] },
  { jobs: [job('facing', 'Titanium Ti-6Al-4V', 10, 30, 5, {}, 'Rings'), shaft('Aluminum', 3, 18, 3, {}, 'Rollers')] },
  {
    jobs: [shaft('Alloy Steel 4140', 1, 36, 3, { flankWear: 0.1 }, 'Spindles on a worn bearing')],
    fault: { afterWallS: 150, fault: { type: 'bearingWear', severity: 0.5 } },
  },
  { jobs: [shaft('Wood', 3, 14, 2, {}, 'Handles'), job('drilling', 'Brass', 7, 16, 3, {}, 'Valve bodies')] },
];

/** Leaves at least a quarter of a small plant to its visitor. */
export function demoLatheCount(fleetSize: number): number {
  return Math.min(DEMO_LATHES, fleetSize - Math.ceil(fleetSize / 4));
}

function shaft(
  material: string,
  toolNo: number,
  estimatedTime: number,
  timeScale: number,
  parameters: DemoJob['parameters'],
  description: string,
): DemoJob {
  return job('turning', material, toolNo, estimatedTime, timeScale, parameters, description);
}

function job(
  jobType: DemoJob['jobType'],
  material: string,
  toolNo: number,
  estimatedTime: number,
  timeScale: number,
  parameters: DemoJob['parameters'],
  description: string,
): DemoJob {
  return { jobType, material, toolNo, estimatedTime, timeScale, parameters, description };
}
