import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { PatchToolDto, ToolDto } from '#domain/contract/library.js';
import { ToolDocument } from './tool.schema.js';

@Injectable()
export class ToolsRepository {
  constructor(@InjectModel(ToolDocument.name) private readonly tools: Model<ToolDocument>) {}

  async list(): Promise<ToolDto[]> {
    return this.tools.find({}, { _id: 0 }).sort({ toolNo: 1 }).lean<ToolDto[]>().exec();
  }

  /** @returns false where that number is taken */
  async add(tool: ToolDto): Promise<boolean> {
    await this.tools.init(); // the unique index must stand before the first entry
    const result = await this.tools
      .updateOne({ toolNo: tool.toolNo }, { $setOnInsert: tool }, { upsert: true })
      .exec()
      .catch((error: { code?: number }) => {
        if (error.code === 11000) return null;
        throw error;
      });
    return result?.upsertedCount === 1;
  }

  async patch(toolNo: number, patch: PatchToolDto): Promise<ToolDto | null> {
    return this.tools
      .findOneAndUpdate({ toolNo }, { $set: patch }, { returnDocument: 'after', projection: { _id: 0 } })
      .lean<ToolDto>()
      .exec();
  }
}
