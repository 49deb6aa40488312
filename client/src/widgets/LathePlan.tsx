import { useEffect, useRef } from 'react';
import { readouts } from '../live/readouts';
import { type FearedPart, useScene } from '../live/scene-store';
import styles from './LathePlan.module.css';

/** Window of the drawing, mm: along the spindle from behind the chuck face, and across the diameter. */
const BEHIND_FACE_MM = 60;
const LENGTH_MM = 320;
const HALF_HEIGHT_MM = 80;
const WORK_MM = 140;
const TOOL_MM = 22;

/** The lathe from the side, drawn from the stream: chuck, workpiece at its diameter, tool at x and z; what a prediction points at is marked. */
export function LathePlan({ latheId }: { latheId: string }) {
  const work = useRef<SVGRectElement>(null);
  const tool = useRef<SVGPathElement>(null);
  const feared = useScene((scene) => scene.feared[latheId]);
  const bandOf = (part: FearedPart['part']) => (feared?.part === part ? feared.band : undefined);
  useEffect(
    () =>
      readouts.add((ticks) => {
        const slot = ticks.slotOf(latheId);
        if (slot < 0) return;
        const diameter = ticks.value(slot, 'workDiameter');
        const x = ticks.value(slot, 'x');
        const z = ticks.value(slot, 'z');
        work.current?.setAttribute('y', String(-(diameter || 0) / 2));
        work.current?.setAttribute('height', String(diameter || 0));
        const known = Number.isFinite(x) && Number.isFinite(z);
        tool.current?.setAttribute('visibility', known ? 'visible' : 'hidden');
        if (known) tool.current?.setAttribute('transform', `translate(${z} ${-x / 2})`);
      }),
    [latheId],
  );
  const box = `${-BEHIND_FACE_MM} ${-HALF_HEIGHT_MM} ${LENGTH_MM} ${2 * HALF_HEIGHT_MM}`;
  return (
    <svg className={styles.plan} viewBox={box} role="img" aria-label="Side view: chuck, workpiece and tool">
      <rect className={styles.chuck} x={-BEHIND_FACE_MM} y="-70" width={BEHIND_FACE_MM - 18} height="140" />
      <rect className={styles.chuck} data-feared={bandOf('spindle')} x="-18" y="-55" width="18" height="110" />
      <rect ref={work} className={styles.work} x="0" width={WORK_MM} />
      <path
        ref={tool}
        className={styles.tool}
        data-feared={bandOf('tool')}
        d={`M0 0 l${TOOL_MM} ${-TOOL_MM * 0.35} v${-TOOL_MM} h${-TOOL_MM}Z`}
      />
      <line className={styles.axis} x1={-BEHIND_FACE_MM} x2={LENGTH_MM} y1="0" y2="0" />
    </svg>
  );
}
