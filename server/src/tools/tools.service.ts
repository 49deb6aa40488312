import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '#domain/contract/errors.js';
import type { CreateToolCommand, PatchToolDto, ToolDto } from '#domain/contract/library.js';
import { TOOLS, type Tool } from '#domain/machining/tools.js';
import { NotFoundError } from '../common/errors.js';
import { ToolsRepository } from './tools.repository.js';

const DELIVERED_SOURCE =
  'Speed factor and Taylor exponent: ratios of C in Groover, Fundamentals of Modern Manufacturing, ch. 22. ' +
  'Force limit and recommended ranges: values of this simulator in the order of makers’ advice.';

export class ToolExistsError extends DomainError {
  readonly code = 'tool_exists';
  readonly kind = 'conflict';
}

@Injectable()
export class ToolsService implements OnModuleInit {
  constructor(private readonly tools: ToolsRepository) {}

  /** Adds the tools that the turret is delivered with, where they are missing. */
  async onModuleInit(): Promise<void> {
    const known = new Set((await this.tools.list()).map(({ toolNo }) => toolNo));
    for (const tool of TOOLS) {
      if (!known.has(tool.toolNo)) {
        await this.tools.add({ ...tool, jobTypes: [...tool.jobTypes], source: DELIVERED_SOURCE });
      }
    }
  }

  /** The library, by number. */
  list(): Promise<ToolDto[]> {
    return this.tools.list();
  }

  /** The library as the machining domain reads it. */
  async table(): Promise<Tool[]> {
    return (await this.tools.list()).map(({ source: _, ...tool }) => tool);
  }

  /** @throws ToolExistsError where the wished number is taken */
  async create(command: CreateToolCommand): Promise<ToolDto> {
    const toolNo = command.toolNo ?? Math.max(0, ...(await this.tools.list()).map((tool) => tool.toolNo)) + 1;
    const tool = { ...command, toolNo };
    if (!(await this.tools.add(tool))) throw new ToolExistsError(`Tool number ${toolNo} is taken.`);
    return tool;
  }

  /** Jobs that run keep the figures that they were planned with. */
  async patch(toolNo: number, patch: PatchToolDto): Promise<ToolDto> {
    const tool = Number.isInteger(toolNo) ? await this.tools.patch(toolNo, patch) : null;
    if (!tool) throw new NotFoundError('tool', String(toolNo));
    return tool;
  }
}
