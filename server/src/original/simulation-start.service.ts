import { Injectable } from '@nestjs/common';
import type { StartSimulationDto } from '#domain/contract/job.js';
import type { PlanWarning } from '#domain/contract/machining.js';
import { MachiningInputError } from '#domain/machining/errors.js';
import { fittingTools } from '#domain/machining/tools.js';
import { AppConfig } from '../config/config.js';
import { JobsService } from '../jobs/jobs.service.js';
import { ToolsService } from '../tools/tools.service.js';

export interface StartedSimulation {
  job_id: string;
  lathe_id: string;
  status: string;
  warnings: PlanWarning[];
}

/** The original system's way to start a job: by wall time, and with a tool that it may choose itself. */
@Injectable()
export class SimulationStart {
  constructor(
    private readonly jobs: JobsService,
    private readonly tools: ToolsService,
    private readonly config: AppConfig,
  ) {}

  /** @throws MachiningInputError `out_of_range` for a duration above SIMULATION_TIMEOUT, and what a job is refused for */
  async start(wish: StartSimulationDto, operator: string): Promise<StartedSimulation> {
    this.assertDuration(wish.duration);
    const { toolNo, warnings } = await this.toolFor(wish);
    const job = await this.jobs
      .create(
        {
          latheId: wish.lathe_id,
          jobType: wish.job_type,
          material: wish.material,
          toolNo,
          estimatedTime: wish.duration / 60,
          timeScale: 1,
          queue: false,
        },
        operator,
      )
      .catch(inOriginalNames);
    return { job_id: job.JobID, lathe_id: job.latheId, status: job.Status, warnings: [...warnings, ...job.warnings] };
  }

  private assertDuration(durationS: number): void {
    const max = this.config.simulationTimeoutS;
    if (durationS <= max) return;
    const message = `duration ${durationS} s is above the allowed ${max} s`;
    throw new MachiningInputError([{ path: 'duration', message, code: 'out_of_range' }]);
  }

  /** The wished tool where it fits or does not exist (which refuses the job), else the first one that fits. */
  private async toolFor({
    tool_no,
    job_type,
  }: StartSimulationDto): Promise<{ toolNo: number; warnings: PlanWarning[] }> {
    const tools = await this.tools.table();
    const fitting = fittingTools(job_type, tools);
    const [first] = fitting;
    const exists = tools.some((tool) => tool.toolNo === tool_no);
    if (!exists || first === undefined || fitting.includes(tool_no)) return { toolNo: tool_no, warnings: [] };
    const message = `tool ${tool_no} cannot do ${job_type}: tool ${first} is used`;
    return { toolNo: first, warnings: [{ code: 'w_tool_replaced', field: 'tool_no', message }] };
  }
}

const ORIGINAL_NAMES: Record<string, string> = { latheId: 'lathe_id', jobType: 'job_type', toolNo: 'tool_no' };

/** Names the fields of a refusal as the request did. */
function inOriginalNames(error: unknown): never {
  if (!(error instanceof MachiningInputError)) throw error;
  throw new MachiningInputError(
    error.errors.map((fault) => ({ ...fault, path: ORIGINAL_NAMES[fault.path] ?? fault.path })),
  );
}
