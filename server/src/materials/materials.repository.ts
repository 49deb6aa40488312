import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { MaterialDto, PatchMaterialDto } from '#domain/contract/library.js';
import { MaterialDocument } from './material.schema.js';

@Injectable()
export class MaterialsRepository {
  constructor(@InjectModel(MaterialDocument.name) private readonly materials: Model<MaterialDocument>) {}

  /** In the order in which they were added. */
  async list(): Promise<MaterialDto[]> {
    const found = await this.materials.find().sort({ _id: 1 }).lean().exec();
    return found.map(({ _id, ...material }) => material as MaterialDto);
  }

  /** @returns false where that name is taken */
  async add(material: MaterialDto): Promise<boolean> {
    await this.materials.init(); // the unique index must stand before the first entry
    const result = await this.materials
      .updateOne({ name: material.name }, { $setOnInsert: material }, { upsert: true })
      .exec()
      .catch((error: { code?: number }) => {
        if (error.code === 11000) return null;
        throw error;
      });
    return result?.upsertedCount === 1;
  }

  async patch(name: string, patch: PatchMaterialDto): Promise<MaterialDto | null> {
    return this.materials
      .findOneAndUpdate({ name }, { $set: patch }, { returnDocument: 'after', projection: { _id: 0 } })
      .lean<MaterialDto>()
      .exec();
  }
}
