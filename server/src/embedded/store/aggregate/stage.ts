import { entries, items, T, type Value } from '../bson/value.js';
import type { Store } from '../commands/store.js';
import { CommandError, notSupported } from '../errors.js';
import type { Environment } from '../expression/index.js';
import type { Hint } from '../planner/plan.js';
import type { Flow } from '../planner/scan.js';
import type { Meter } from '../query/run.js';

/** What a pipeline runs in. Without a namespace it makes its own documents. */
export interface Context extends Environment {
  readonly store: Store;
  readonly database: string;
  readonly namespace: string | undefined;
  readonly hint?: Hint | undefined;
  readonly meter?: Meter;
  /** The session that the command came in. */
  readonly session?: Value | undefined;
}

/** One stage of a pipeline: its name and its operand as it came. */
export interface Stage {
  readonly name: string;
  readonly spec: Value;
}

/** Runs a stage over the documents that reach it. */
export type RunStage = (input: Flow<Value>, stage: Stage, context: Context) => Flow<Value>;

/** Stages that only a replica set or another product has. */
const REFUSED = new Set([
  '$geoNear',
  '$search',
  '$searchMeta',
  '$vectorSearch',
  '$planCacheStats',
  '$currentOp',
  '$listSessions',
]);

/** @throws CommandError 40323 for a stage of several fields, 40573 or 238 for one that is refused */
export function parseStages(stages: readonly Value[]): Stage[] {
  return stages.map((stage) => {
    const all = stage.type === T.object ? entries(stage) : [];
    if (all.length !== 1) {
      throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    const [name, spec] = all[0]!;
    if (name === '$changeStream') {
      throw new CommandError(40573, 'The $changeStream stage is only supported on replica sets');
    }
    if (REFUSED.has(name)) throw notSupported(`${name} is not supported by the embedded store`);
    return { name, spec };
  });
}

/** The stages of an inner pipeline. */
export const innerStages = (pipeline: Value | undefined): Stage[] => parseStages(pipeline ? items(pipeline) : []);

/** The namespace of a collection that a stage names. */
export const namespaceOf = (context: Context, collection: unknown): string => `${context.database}.${collection}`;
