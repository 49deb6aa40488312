import type { MachineState, ToolState } from './machine-types.js';
import { nextGaussian, nextUniform, type RandomStreams, STREAM } from './random.js';

/** Scatter of tool life between tools of one kind: standard deviation of its logarithm. */
const LIFE_SCATTER = 0.15;

/** A new tool with its own luck in life, drawn from the stream of tools. */
export function newTool(toolNo: number, random: RandomStreams): ToolState {
  return {
    toolNo,
    lifeUsed: 0,
    flankWearMm: 0,
    minutes: 0,
    lifeFactor: Math.exp(LIFE_SCATTER * nextGaussian(random, STREAM.toolLife)),
    wearRuleMinutes: 200 + 40 * nextUniform(random, STREAM.toolLife),
    lifeMin: 0,
    broken: false,
    chipped: false,
    wornReported: false,
  };
}

/** The tool of that number with its history; a number new to this machine starts as a new tool. */
export function toolStateOf(state: MachineState, toolNo: number): ToolState {
  const known = state.tools.find((tool) => tool.toolNo === toolNo);
  if (known) return known;
  const tool = newTool(toolNo, state.random);
  state.tools.push(tool);
  return tool;
}

/** The tool in use. */
export function activeTool(state: MachineState): ToolState {
  const { tools, toolNo } = state;
  const direct = tools[toolNo - 1];
  return direct && direct.toolNo === toolNo ? direct : toolStateOf(state, toolNo);
}
