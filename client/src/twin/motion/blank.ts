import type { SceneJob } from '../../live/scene-store';
import type { Blank } from './workpiece-profile';

type JobShape = Pick<SceneJob, 'JobType' | 'parameters'>;

/** Stock left between the end of a cut and the jaws, mm. */
const COLLAR = 15;

/** The unmachined part of a job; the defaults are those of the machining plan. Without a job a short plain bar. */
export function blankOf(job: JobShape | undefined): Blank {
  const given = job?.parameters ?? {};
  switch (job?.JobType) {
    case 'turning':
      return bar(given.diameter ?? 60, (given.length ?? 100) + COLLAR);
    case 'facing':
      return bar(given.diameter ?? 80, 60);
    case 'threading':
      return threadBlank(given);
    case 'knurling':
      return bar(given.diameter ?? 30, (given.length ?? given.wheelWidth ?? 20) + 2 * COLLAR);
    case 'drilling':
      return bar(Math.max(50, 3 * (given.drillDiameter ?? 10)), (given.holeDepth ?? 30) + 2 * COLLAR);
    case 'boring':
      return {
        ...bar((given.endDiameter ?? 46) + 30, (given.length ?? 60) + COLLAR),
        boreRadius: (given.diameter ?? 40) / 2,
      };
    default:
      return bar(60, 100);
  }
}

function threadBlank(given: JobShape['parameters']): Blank {
  const major = given.diameter ?? 20;
  const length = (given.length ?? 30) + 2 * COLLAR;
  if (given.side !== 'internal') return bar(major, length);
  return { ...bar(major + 30, length), boreRadius: (major - 2 * 0.54 * (given.pitch ?? 2.5)) / 2 };
}

function bar(diameter: number, length: number): Blank {
  return { radius: diameter / 2, length, boreRadius: 0 };
}
