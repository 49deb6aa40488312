import type { JobType } from '../contract/enums.js';
import { TOOL_KINDS } from '../contract/machining.js';
import type { Problems, Range } from './problems.js';
import type { MachiningRequest } from './request.js';
import { findTool, fittingTools, TOOL_KIND_DEFAULTS, type Tool } from './tools.js';

/** Range of each property by which a request may override a tool. */
export const TOOL_OVERRIDE_RANGES = {
  enteringAngle: { min: 5, max: 175, unit: '°' },
  rakeAngle: { min: -45, max: 45, unit: '°' },
  noseRadius: { min: 0.01, max: 10, unit: 'mm' },
  speedFactor: { min: 0.01, max: 10, unit: '' },
  taylorN: { min: 0.05, max: 1, unit: '' },
} satisfies Record<string, Range>;

/** A tool that stands in no library, before its own properties: a common insert, or a drill. */
function bareTool(jobType: JobType): Tool {
  const drills = jobType === 'drilling';
  return {
    toolNo: 0,
    name: 'Own tool',
    insert: '',
    jobTypes: [jobType],
    kind: drills ? 'solidCarbide' : 'coatedCarbide',
    enteringAngle: drills ? 70 : 95,
    noseRadius: jobType === 'threading' ? 0.1 : 0.8,
    rakeAngle: drills || jobType === 'threading' ? 0 : -6,
    ...TOOL_KIND_DEFAULTS.coatedCarbide,
    feed: { min: 0.005, max: 6 },
    depthOfCut: { min: 0.01, max: 10 },
    forceLimit: 6000,
  };
}

/** The tool of a request with its overrides; undefined, with reasons in `problems`, where there is none that can do the job. */
export function planTool(
  request: MachiningRequest,
  jobType: JobType,
  tools: readonly Tool[],
  problems: Problems,
): Tool | undefined {
  const base = baseTool(request, jobType, tools, problems);
  const override = request.tool;
  if (!base || !override) return base;

  const tool = { ...base };
  if (override.kind !== undefined) {
    if (!TOOL_KINDS.includes(override.kind)) {
      const kinds = TOOL_KINDS.join(', ');
      problems.error('out_of_range', 'tool.kind', `tool.kind is ${String(override.kind)}: expected one of ${kinds}`);
      return undefined;
    }
    if (override.kind !== base.kind) {
      Object.assign(tool, { kind: override.kind }, TOOL_KIND_DEFAULTS[override.kind]);
      if (jobType === 'drilling') tool.enteringAngle = override.kind === 'hss' ? 59 : 70;
    }
  }
  for (const name of Object.keys(TOOL_OVERRIDE_RANGES) as (keyof typeof TOOL_OVERRIDE_RANGES)[]) {
    const value = override[name];
    if (value !== undefined && problems.isInRange(`tool.${name}`, value, TOOL_OVERRIDE_RANGES[name]))
      tool[name] = value;
  }
  return tool;
}

function baseTool(
  request: MachiningRequest,
  jobType: JobType,
  tools: readonly Tool[],
  problems: Problems,
): Tool | undefined {
  const fitting = fittingTools(jobType, tools);
  if (request.toolNo === undefined && request.tool) return bareTool(jobType);
  const toolNo = request.toolNo ?? fitting[0];
  if (typeof toolNo !== 'number' || !Number.isFinite(toolNo)) {
    problems.error('not_a_number', 'toolNo', `toolNo is ${String(toolNo)}: expected the number of a tool`);
    return undefined;
  }
  const tool = findTool(toolNo, tools);
  if (!tool) {
    problems.error('tool_unknown', 'toolNo', `toolNo is ${toolNo}: there is no such tool (1 to ${tools.length})`);
    return undefined;
  }
  if (!tool.jobTypes.includes(jobType)) {
    const list = fitting.join(', ');
    problems.error(
      'tool_mismatch',
      'toolNo',
      `tool ${toolNo} (${tool.name}) cannot do ${jobType}: fitting are ${list}`,
    );
    return undefined;
  }
  if (request.toolBroken) {
    problems.error('tool_broken', 'toolNo', `tool ${toolNo} (${tool.name}) is broken: replace it first`);
    return undefined;
  }
  return tool;
}
