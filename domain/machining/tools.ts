import type { JobType } from '../contract/enums.js';
import type { ToolKind } from '../contract/machining.js';

/** A tool of the turret; names as in the API. null: the property does not exist for this kind of tool. */
export interface Tool {
  toolNo: number;
  name: string;
  /** holder and insert, or what it is made of */
  insert: string;
  jobTypes: readonly JobType[];
  kind: ToolKind;
  /** kr in °; for drills half the point angle */
  enteringAngle: number | null;
  /** re in mm */
  noseRadius: number | null;
  /** g0 in ° */
  rakeAngle: number | null;
  /** gv: cutting speed for 15 min of life relative to coated carbide */
  speedFactor: number | null;
  /** Taylor exponent n */
  taylorN: number | null;
  /** recommended feed, mm/rev (threading: pitch, mm) */
  feed: { min: number; max: number };
  /** recommended depth of cut, mm; null where the job fixes it */
  depthOfCut: { min: number; max: number } | null;
  /** cutting force above which the edge is in danger, N (knurling: radial force per wheel) */
  forceLimit: number;
  /** drill diameter or boring bar diameter, mm */
  diameter?: number;
  /** pitch of a knurling wheel, mm */
  pitch?: number;
}

const OUTSIDE: readonly JobType[] = ['turning', 'facing'];

/**
 * The turret as delivered. Speed factors are the ratios of Taylor's C (Groover, Fundamentals of Modern Manufacturing, ch. 22)
 * at 15 min; force limits and ranges are this model's own, in the order of makers' advice.
 */
export const TOOLS: readonly Tool[] = [
  {
    toolNo: 1,
    name: 'Roughing / general',
    insert: 'CNMG 120408',
    jobTypes: OUTSIDE,
    kind: 'coatedCarbide',
    enteringAngle: 95,
    noseRadius: 0.8,
    rakeAngle: -6,
    speedFactor: 1,
    taylorN: 0.25,
    feed: { min: 0.1, max: 0.5 },
    depthOfCut: { min: 0.5, max: 5 },
    forceLimit: 6000,
  },
  {
    toolNo: 2,
    name: 'Finishing',
    insert: 'DNMG 150604',
    jobTypes: OUTSIDE,
    kind: 'cermet',
    enteringAngle: 93,
    noseRadius: 0.4,
    rakeAngle: -6,
    speedFactor: 0.86,
    taylorN: 0.25,
    feed: { min: 0.05, max: 0.2 },
    depthOfCut: { min: 0.2, max: 1.5 },
    forceLimit: 2500,
  },
  {
    toolNo: 3,
    name: 'Aluminum, brass, wood',
    insert: 'CCGT 09T304, polished',
    jobTypes: OUTSIDE,
    kind: 'uncoatedCarbide',
    enteringAngle: 95,
    noseRadius: 0.4,
    rakeAngle: 15,
    speedFactor: 0.71,
    taylorN: 0.25,
    feed: { min: 0.05, max: 0.3 },
    depthOfCut: { min: 0.2, max: 4 },
    forceLimit: 2500,
  },
  {
    toolNo: 4,
    name: 'Boring bar 25 mm',
    insert: 'CCMT 09T304',
    jobTypes: ['boring'],
    kind: 'coatedCarbide',
    enteringAngle: 95,
    noseRadius: 0.4,
    rakeAngle: 0,
    speedFactor: 1,
    taylorN: 0.25,
    feed: { min: 0.05, max: 0.25 },
    depthOfCut: { min: 0.2, max: 3 },
    forceLimit: 2500,
    diameter: 25,
  },
  {
    toolNo: 5,
    name: 'Threading 60°',
    insert: '16ER / 16IR, PVD carbide',
    jobTypes: ['threading'],
    kind: 'coatedCarbide',
    enteringAngle: null,
    noseRadius: 0.1,
    rakeAngle: 0,
    speedFactor: 0.86,
    taylorN: 0.25,
    feed: { min: 0.5, max: 3 },
    depthOfCut: null,
    forceLimit: 2000,
  },
  {
    toolNo: 6,
    name: 'Drill 10 mm HSS, 118°',
    insert: 'HSS twist drill',
    jobTypes: ['drilling'],
    kind: 'hss',
    enteringAngle: 59,
    noseRadius: null,
    rakeAngle: 0,
    speedFactor: 0.14,
    taylorN: 0.125,
    feed: { min: 0.05, max: 0.3 },
    depthOfCut: null,
    forceLimit: 5000,
    diameter: 10,
  },
  {
    toolNo: 7,
    name: 'Drill 10 mm carbide, 140°',
    insert: 'solid carbide drill',
    jobTypes: ['drilling'],
    kind: 'solidCarbide',
    enteringAngle: 70,
    noseRadius: null,
    rakeAngle: 0,
    speedFactor: 1,
    taylorN: 0.25,
    feed: { min: 0.08, max: 0.3 },
    depthOfCut: null,
    forceLimit: 6000,
    diameter: 10,
  },
  {
    toolNo: 8,
    name: 'Knurling, diamond, pitch 1.0',
    insert: 'HSS wheels 20 x 6 mm',
    jobTypes: ['knurling'],
    kind: 'hss',
    enteringAngle: null,
    noseRadius: null,
    rakeAngle: null,
    speedFactor: null,
    taylorN: null,
    feed: { min: 0.05, max: 0.15 },
    depthOfCut: null,
    forceLimit: 8000,
    pitch: 1,
  },
  {
    toolNo: 9,
    name: 'Cast iron',
    insert: 'CNGA 120412',
    jobTypes: OUTSIDE,
    kind: 'ceramic',
    enteringAngle: 95,
    noseRadius: 1.2,
    rakeAngle: -6,
    speedFactor: 1.66,
    taylorN: 0.6,
    feed: { min: 0.15, max: 0.4 },
    depthOfCut: { min: 0.5, max: 3 },
    forceLimit: 4000,
  },
  {
    toolNo: 10,
    name: 'Stainless, titanium',
    insert: 'CNMG 120408, PVD coated',
    jobTypes: OUTSIDE,
    kind: 'coatedCarbide',
    enteringAngle: 95,
    noseRadius: 0.8,
    rakeAngle: -6,
    speedFactor: 1,
    taylorN: 0.25,
    feed: { min: 0.1, max: 0.35 },
    depthOfCut: { min: 0.5, max: 4 },
    forceLimit: 5000,
  },
];

/** Speed factor and Taylor exponent that a tool of each kind has when nothing else is said. */
export const TOOL_KIND_DEFAULTS: Readonly<Record<ToolKind, { speedFactor: number; taylorN: number }>> = {
  coatedCarbide: { speedFactor: 1, taylorN: 0.25 },
  uncoatedCarbide: { speedFactor: 0.71, taylorN: 0.25 },
  cermet: { speedFactor: 0.86, taylorN: 0.25 },
  ceramic: { speedFactor: 1.66, taylorN: 0.6 },
  hss: { speedFactor: 0.14, taylorN: 0.125 },
  solidCarbide: { speedFactor: 1, taylorN: 0.25 },
};

/** Cutting-zone temperature above which an edge of that kind softens and its life shortens, K. */
export const SOFTENING_TEMPERATURE_K: Readonly<Record<ToolKind, number>> = {
  coatedCarbide: 1300,
  uncoatedCarbide: 1300,
  cermet: 1300,
  ceramic: 1600,
  hss: 870,
  solidCarbide: 1300,
};

/** Numbers of the tools that fit a job type, in turret order; the first is the default. */
export function fittingTools(jobType: JobType, tools: readonly Tool[] = TOOLS): number[] {
  return tools.filter((tool) => tool.jobTypes.includes(jobType)).map((tool) => tool.toolNo);
}

/** The tool of that number, or undefined. */
export function findTool(toolNo: number, tools: readonly Tool[] = TOOLS): Tool | undefined {
  return tools.find((tool) => tool.toolNo === toolNo);
}
