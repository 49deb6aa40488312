import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type MaterialName, MaterialNameSchema } from '#domain/contract/enums.js';
import { DomainError } from '#domain/contract/errors.js';
import type { CreateMaterialCommand, MaterialDto, PatchMaterialDto } from '#domain/contract/library.js';
import { MATERIALS, type Material } from '#domain/machining/materials.js';
import { NotFoundError } from '../common/errors.js';
import { MaterialsRepository } from './materials.repository.js';

const DELIVERED_SOURCE =
  'kc1, mc: VDI 3323 groups as in Iscar’s catalogues. Thermal figures: Heat and Mass Transfer Data Book, Callister. ' +
  'Hardness, speed and limit temperature: handbook values. Heat and ripple factor: this simulator.';

export class MaterialExistsError extends DomainError {
  readonly code = 'material_exists';
  readonly kind = 'conflict';
}

@Injectable()
export class MaterialsService implements OnModuleInit {
  constructor(private readonly materials: MaterialsRepository) {}

  /** Adds the materials of the handbook table where they are missing. */
  async onModuleInit(): Promise<void> {
    const known = new Set((await this.materials.list()).map(({ name }) => name));
    for (const material of MATERIALS) {
      if (!known.has(material.name)) await this.materials.add({ ...material, source: DELIVERED_SOURCE });
    }
  }

  list(): Promise<MaterialDto[]> {
    return this.materials.list();
  }

  /** The library as the machining domain reads it. */
  async table(): Promise<Material[]> {
    return (await this.materials.list()).map(({ source: _, ...figures }) => ({
      ...figures,
      name: figures.name as MaterialName, // a shop may add its own; the domain only compares the name
    }));
  }

  /** @throws MaterialExistsError where the name is taken or reserved */
  async create(material: CreateMaterialCommand): Promise<MaterialDto> {
    const reserved = material.name === MaterialNameSchema.enum.Custom;
    if (reserved || !(await this.materials.add(material))) {
      throw new MaterialExistsError(`The name ${material.name} is taken.`);
    }
    return material;
  }

  async patch(name: string, patch: PatchMaterialDto): Promise<MaterialDto> {
    const material = await this.materials.patch(name, patch);
    if (!material) throw new NotFoundError('material', name);
    return material;
  }
}
