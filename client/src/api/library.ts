import { z } from 'zod';
import { getJson } from './http';

const ToolSchema = z.looseObject({ number: z.number().optional(), toolNo: z.number().optional() });
export type ToolEntry = z.infer<typeof ToolSchema>;

export const fetchTools = (): Promise<ToolEntry[]> => getJson('/api/tools', z.array(ToolSchema));
