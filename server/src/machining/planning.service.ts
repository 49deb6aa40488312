import { Injectable } from '@nestjs/common';
import type { LatheLimits } from '#domain/contract/lathe.js';
import { DEFAULT_MACHINE, type MachineLimits } from '#domain/machining/machine-limits.js';
import { type JobPlan, type PlanLibrary, planJob } from '#domain/machining/plan.js';
import type { MachiningRequest } from '#domain/machining/request.js';
import { MaterialsService } from '../materials/materials.service.js';
import { ToolsService } from '../tools/tools.service.js';

/** Brings the shop's own tools, materials and lathe limits to the machining domain. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly tools: ToolsService,
    private readonly materials: MaterialsService,
  ) {}

  /** @throws MachiningInputError with one entry per bad field */
  async plan(request: MachiningRequest, limits?: LatheLimits): Promise<JobPlan> {
    return planJob(request, await this.library(limits));
  }

  /** What plans are made against: the libraries and, of a certain lathe, its limits. */
  async library(limits?: LatheLimits): Promise<PlanLibrary> {
    const [tools, materials] = await Promise.all([this.tools.table(), this.materials.table()]);
    return { tools, materials, ...(limits ? { machine: machineOf(limits) } : {}) };
  }
}

/** The machine of its class within the limits that this lathe is held to. */
export function machineOf({ maxSpindleSpeed, maxPower, maxTorque }: LatheLimits): MachineLimits {
  return {
    ...DEFAULT_MACHINE,
    maxSpindleSpeedRpm: maxSpindleSpeed,
    peakPowerW: maxPower,
    peakTorqueNm: maxTorque,
    continuousPowerW: Math.min(DEFAULT_MACHINE.continuousPowerW, maxPower),
    continuousTorqueNm: Math.min(DEFAULT_MACHINE.continuousTorqueNm, maxTorque),
  };
}
