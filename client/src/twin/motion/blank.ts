import type { SceneJob } from '../../live/scene-store';
import type { Blank } from './workpiece-profile';

type JobShape = Pick<SceneJob, 'JobType' | 'parameters'>;

/** Stock between the jaws and the end of a cut, mm, as the machining plan leaves it. */
export const COLLAR = 20;
const THREAD_DEPTH_PER_PITCH = 0.541;

/** The unmachined part of a job; the defaults are those of the machining plan. Without a job a short plain bar. */
export function blankOf(job: JobShape | undefined): Blank {
  const given = job?.parameters ?? {};
  switch (job?.JobType) {
    case 'turning':
      return bar(given.diameter ?? 60, given.length ?? 100);
    case 'facing':
      return bar(given.diameter ?? 80, given.length ?? 100);
    case 'knurling':
      return bar(given.diameter ?? 30, given.length ?? 20);
    case 'drilling':
      return bar(given.diameter ?? 60, given.length ?? (given.holeDepth ?? 30) + 20);
    case 'boring':
      return { ...bar(1.5 * (given.endDiameter ?? 46), given.length ?? 60), boreRadius: (given.diameter ?? 40) / 2 };
    case 'threading':
      return threadBlank(given);
    default:
      return bar(60, 80);
  }
}

function threadBlank(given: JobShape['parameters']): Blank {
  const major = given.diameter ?? 20;
  const length = given.length ?? 30;
  if (given.side !== 'internal') return bar(major, length);
  return { ...bar(2 * major, length), boreRadius: major / 2 - THREAD_DEPTH_PER_PITCH * (given.pitch ?? 2.5) };
}

function bar(diameter: number, cutLength: number): Blank {
  return { radius: diameter / 2, length: cutLength + COLLAR, boreRadius: 0 };
}
