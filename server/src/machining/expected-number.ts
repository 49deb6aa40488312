import { z } from 'zod';
import { CUSTOM_MATERIAL_RANGES } from '#domain/machining/custom-material.js';
import { DEFAULT_MACHINE } from '#domain/machining/machine-limits.js';
import { parameterRanges } from '#domain/machining/parameter-ranges.js';
import { TOOL_OVERRIDE_RANGES } from '#domain/machining/plan-tool.js';
import type { Range } from '#domain/machining/problems.js';

/** Numbers that the machining domain judges itself; a lathe may be held to less. */
const JUDGED_INSIDE: Readonly<Record<string, Readonly<Record<string, Range>>>> = {
  parameters: parameterRanges(DEFAULT_MACHINE),
  customMaterial: CUSTOM_MATERIAL_RANGES,
  tool: TOOL_OVERRIDE_RANGES,
};

/** What a number at a place of a request must be, for people: `0.005 to 3 mm/rev`; undefined where nothing is known. */
export function expectedNumber(schema: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  const [group, name] = path.map(String);
  const judged = JUDGED_INSIDE[group ?? '']?.[name ?? ''];
  if (judged) return inWords({ ...judged, isOpen: false });
  const field = fieldAt(schema, path);
  return field instanceof z.ZodNumber ? inWords(rangeOf(field)) : undefined;
}

interface Bounds extends Omit<Range, 'code'> {
  /** `min` itself is not allowed */
  isOpen: boolean;
}

function inWords({ min, max, unit, integer, isOpen }: Bounds): string | undefined {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return undefined;
  return `${isOpen ? 'above ' : ''}${min} to ${max}${unit ? ` ${unit}` : ''}${integer ? ', whole' : ''}`;
}

function rangeOf(field: z.ZodNumber): Bounds {
  return {
    min: field.minValue ?? Number.NEGATIVE_INFINITY,
    max: field.maxValue ?? Number.POSITIVE_INFINITY,
    unit: String(field.meta()?.['x-unit'] ?? ''),
    integer: field.isInt,
    isOpen: field.def.checks?.some(({ _zod: { def } }) => def.check === 'greater_than' && !isInclusive(def)) ?? false,
  };
}

const isInclusive = (def: z.core.$ZodCheckDef): boolean => (def as z.core.$ZodCheckGreaterThanDef).inclusive;

function fieldAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return fieldAt(schema.def.innerType, path);
  const [first, ...rest] = path;
  if (first === undefined) return schema;
  if (schema instanceof z.ZodArray) return fieldAt(schema.def.element, rest);
  const next = schema instanceof z.ZodObject ? schema.shape[String(first)] : undefined;
  return next ? fieldAt(next, rest) : undefined;
}
