import type { JobType } from '../contract/enums.js';
import type { CuttingParameters } from '../contract/machining.js';
import type { MachineLimits } from './machine-limits.js';
import type { Material } from './materials.js';
import type { Problems } from './problems.js';
import { cuttingSpeed, type SpindleCommand, speedForCutting } from './spindle.js';
import { operationSpeedFactor } from './tool-life.js';
import type { Tool } from './tools.js';

const DEFAULT_CSS_MAX_RPM = 3500;
const DEFAULT_KNURLING_SPEED = 25;
/** Upper end of what a request may ask for, m/min. */
const GREATEST_CUTTING_SPEED = 2000;
const USES_CSS: ReadonlySet<JobType> = new Set(['turning', 'facing', 'boring']);

/** Cutting speed where the request says none: four fifths of that for 15 min of life, m/min. */
function defaultCuttingSpeed(jobType: JobType, material: Material, tool: Tool): number {
  if (jobType === 'knurling') return DEFAULT_KNURLING_SPEED;
  const speed = 0.8 * material.speed15 * (tool.speedFactor ?? 1) * operationSpeedFactor(jobType, tool.kind);
  return Math.min(GREATEST_CUTTING_SPEED, speed);
}

/**
 * Speed command of a job. Jobs whose diameter does not change run at constant speed whatever the mode.
 * @param diameterMm - D of the first pass
 * @param feedMm - greatest feed per revolution
 */
export function planSpindle(
  jobType: JobType,
  given: CuttingParameters,
  diameterMm: number,
  feedMm: number,
  material: Material,
  tool: Tool,
  machine: MachineLimits,
  problems: Problems,
): SpindleCommand {
  const mode = given.mode ?? (given.rpm === undefined && USES_CSS.has(jobType) ? 'css' : 'constantRpm');
  if (given.mode === 'css' && given.maxRpm === undefined) {
    problems.error(
      'missing_max_rpm',
      'parameters.maxRpm',
      `parameters.maxRpm is missing: css needs 1 to ${machine.maxSpindleSpeedRpm} 1/min`,
    );
  }
  const typed = given.rpm !== undefined || given.cuttingSpeed !== undefined;
  const speed = given.cuttingSpeed ?? defaultCuttingSpeed(jobType, material, tool);
  const css = mode === 'css';
  const defaultMax = css
    ? Math.min(DEFAULT_CSS_MAX_RPM, machine.maxSpindleSpeedRpm, machine.maxFeedMmPerMin / feedMm)
    : machine.maxSpindleSpeedRpm;
  const maxRpm = given.maxRpm ?? defaultMax;
  if (css && given.rpm !== undefined) {
    problems.warn(
      'w_ignored',
      'parameters.rpm',
      `Speed follows the cutting speed in css: rpm ${given.rpm} is not used`,
    );
  }
  const requested = !css && given.rpm !== undefined ? given.rpm : speedForCutting(speed, diameterMm);
  let rpm = Math.min(requested, maxRpm);
  if (jobType === 'threading' && !typed) rpm = Math.min(rpm, machine.maxFeedMmPerMin / feedMm);
  if (typed && requested > maxRpm) {
    problems.warn(
      'w_speed_limited',
      'parameters.cuttingSpeed',
      `${speed} m/min at ${diameterMm} mm needs ${Math.round(requested)} 1/min: limited to ${maxRpm} 1/min`,
    );
  }
  checkFeedRate(jobType, css && USES_CSS.has(jobType), rpm, maxRpm, feedMm, machine, problems);
  if (css && USES_CSS.has(jobType)) {
    return { mode: 'css', rpm, requestedRpm: requested, cuttingSpeedMPerMin: speed, maxRpm };
  }
  return {
    mode: 'constantRpm',
    rpm,
    requestedRpm: requested,
    cuttingSpeedMPerMin: cuttingSpeed(diameterMm, rpm),
    maxRpm,
  };
}

function checkFeedRate(
  jobType: JobType,
  risingSpeed: boolean,
  rpm: number,
  maxRpm: number,
  feedMm: number,
  machine: MachineLimits,
  problems: Problems,
): void {
  const fastest = risingSpeed && jobType === 'facing' ? maxRpm : rpm;
  const rate = fastest * feedMm;
  if (rate <= machine.maxFeedMmPerMin + 1e-9) return;
  const field = jobType === 'threading' ? 'pitch' : 'feed';
  problems.error(
    'machine_limit',
    `parameters.${field}`,
    `parameters.${field} is ${feedMm} mm, which at ${Math.round(fastest)} 1/min makes ${Math.round(rate)} mm/min: ` +
      `expected 0 to ${machine.maxFeedMmPerMin} mm/min`,
  );
}
