import { entries, T, type Value } from '../bson/value.js';
import { CommandError } from '../errors.js';

/** One stage of a pipeline: its name and its operand as it came. */
export interface Stage {
  readonly name: string;
  readonly spec: Value;
}

/** Stages that only a replica set or another product has. */
const REFUSED: Record<string, string> = {
  $changeStream: 'The $changeStream stage is only supported on replica sets',
  $geoNear: '$geoNear is not supported by the embedded store',
  $search: '$search is not supported by the embedded store',
  $vectorSearch: '$vectorSearch is not supported by the embedded store',
  $currentOp: '$currentOp is not supported by the embedded store',
  $listSessions: '$listSessions is not supported by the embedded store',
};

/** @throws CommandError 40323 for a stage of several fields, 40573 or 238 for one that is refused */
export function parseStages(stages: readonly Value[]): Stage[] {
  return stages.map((stage) => {
    const all = stage.type === T.object ? entries(stage) : [];
    if (all.length !== 1) {
      throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    const [name, spec] = all[0]!;
    const refusal = REFUSED[name];
    if (refusal) throw new CommandError(name === '$changeStream' ? 40573 : 238, refusal);
    return { name, spec };
  });
}
