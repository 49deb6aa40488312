import type { ToolKind } from '../contract/machining.js';
import type { EconomicsDto } from '../contract/what-if.js';
import type { Tool } from '../machining/tools.js';

/** What time, energy and edges cost, in one currency. */
export interface Economics {
  /** of machine and operator, per hour */
  machineHourRate: number;
  /** per kWh at the meter */
  energyPrice: number;
  /** min from the last cut of a worn edge to the first of a new one */
  toolChangeMinutes: number;
  /** of one cutting edge, by tool number; a tool that is not named costs what is usual for its kind */
  costPerEdge: Readonly<Record<string, number>>;
}

/** One assumption about costs: all of them are this model's own and meant to be replaced by those of the shop. */
export interface EconomicAssumption {
  name: string;
  value: number;
  unit: string;
  evidence: 'model';
  because: string;
}

const assume = (name: string, value: number, unit: string, because: string): EconomicAssumption => ({
  name,
  value,
  unit,
  evidence: 'model',
  because,
});

const RATE = assume('machineHourRate', 60, 'EUR/h', 'a 15 kW lathe with half an operator in a European shop');
const ENERGY = assume('energyPrice', 0.2, 'EUR/kWh', 'industrial electricity, taxes included');
const CHANGE = assume('toolChangeMinutes', 2, 'min', 'index an insert, check the offset, cut the first part');
const EDGES: readonly EconomicAssumption[] = [
  assume('costPerEdge.1', 2.5, 'EUR', 'insert of 10 EUR with four edges in use'),
  assume('costPerEdge.2', 3, 'EUR', 'cermet insert of 12 EUR with four edges'),
  assume('costPerEdge.3', 4.5, 'EUR', 'polished insert of 9 EUR with two edges'),
  assume('costPerEdge.4', 4, 'EUR', 'insert of 8 EUR with two edges'),
  assume('costPerEdge.5', 6, 'EUR', 'threading insert of 18 EUR with three edges'),
  assume('costPerEdge.6', 4, 'EUR', 'drill of 12 EUR, reground twice'),
  assume('costPerEdge.7', 30, 'EUR', 'drill of 80 EUR, reground three times at 10 to 15 EUR'),
  assume('costPerEdge.8', 30, 'EUR', 'a pair of wheels'),
  assume('costPerEdge.9', 6, 'EUR', 'ceramic insert of 24 EUR with four edges'),
  assume('costPerEdge.10', 3, 'EUR', 'insert of 12 EUR with four edges'),
];

export const DEFAULT_ECONOMICS: Economics = {
  machineHourRate: RATE.value,
  energyPrice: ENERGY.value,
  toolChangeMinutes: CHANGE.value,
  costPerEdge: Object.fromEntries(EDGES.map(({ name, value }) => [name.slice('costPerEdge.'.length), value])),
};

/** Edges of tools that a shop has added (model). */
const KIND_EDGE_COST: Readonly<Record<ToolKind, number>> = {
  coatedCarbide: 3,
  uncoatedCarbide: 3,
  cermet: 3,
  ceramic: 6,
  hss: 4,
  solidCarbide: 30,
};

/** The defaults with what the caller knows better. */
export function economicsWith(given: EconomicsDto = {}): Economics {
  return {
    machineHourRate: given.machineHourRate ?? DEFAULT_ECONOMICS.machineHourRate,
    energyPrice: given.energyPrice ?? DEFAULT_ECONOMICS.energyPrice,
    toolChangeMinutes: given.toolChangeMinutes ?? DEFAULT_ECONOMICS.toolChangeMinutes,
    costPerEdge: { ...DEFAULT_ECONOMICS.costPerEdge, ...given.costPerEdge },
  };
}

/** Cost of one edge of a tool. */
export function edgeCost(tool: Pick<Tool, 'toolNo' | 'kind'>, economics: Economics): number {
  return economics.costPerEdge[String(tool.toolNo)] ?? KIND_EDGE_COST[tool.kind];
}

/** What an edge costs when it is worn: itself, and the machine that waits for the next one. */
export function wornEdgeCost(tool: Pick<Tool, 'toolNo' | 'kind'>, economics: Economics): number {
  return edgeCost(tool, economics) + (economics.toolChangeMinutes / 60) * economics.machineHourRate;
}
