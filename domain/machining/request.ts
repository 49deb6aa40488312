import type { CustomMaterial, CuttingParameters, ToolOverride } from '../contract/machining.js';

/** What somebody asks the machine to do; nothing in it is trusted yet. */
export interface MachiningRequest {
  jobType: string;
  /** one of the material names, `Custom` with `customMaterial` */
  material: string;
  customMaterial?: CustomMaterial;
  /** default: the first tool that fits the job type */
  toolNo?: number;
  /** overrides single properties of tool `toolNo`, or stands alone */
  tool?: ToolOverride;
  parameters?: CuttingParameters;
  /** the tool of that number is known to be broken */
  toolBroken?: boolean;
}
