import type { CSSProperties } from 'react';
import type { LatheDto } from '#domain/contract/lathe.js';
import { sceneStore, useScene } from '../live/scene-store';
import styles from './FloorPlan.module.css';
import { floorExtent } from './floor-extent';
import { HealthShape } from './HealthShape';
import { STATUS_WORDS } from './words';

/** The floor from above: the same lathes and states as the 3D scene, as buttons. */
export function FloorPlan({ onSelect }: { onSelect: (latheId: string) => void }) {
  const lathes = useScene((scene) => scene.lathes);
  const selectedId = useScene((scene) => scene.selectedId);
  if (lathes.length === 0) return null;
  const { left, top, width, depth } = floorExtent(lathes);
  return (
    <div className={styles.room}>
      <div className={styles.fit}>
        <div
          className={styles.floor}
          style={{ aspectRatio: `${width} / ${depth}`, '--ratio': width / depth } as CSSProperties}
        >
          <svg className={styles.ground} viewBox={`0 0 ${width} ${depth}`} preserveAspectRatio="none" aria-hidden>
            <pattern id="floor-grid" width="2" height="2" patternUnits="userSpaceOnUse">
              <path d="M2 0H0V2" />
            </pattern>
            <rect width={width} height={depth} fill="url(#floor-grid)" />
          </svg>
          {lathes.map((lathe) => (
            <PlanLathe
              key={lathe.id}
              lathe={lathe}
              selected={lathe.id === selectedId}
              place={{
                left: `${(100 * (lathe.position.x - left)) / width}%`,
                top: `${(100 * (lathe.position.z - top)) / depth}%`,
              }}
              onSelect={onSelect}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface PlanLatheProps {
  lathe: LatheDto;
  selected: boolean;
  place: CSSProperties;
  onSelect: (latheId: string) => void;
}

function PlanLathe({ lathe, selected, place, onSelect }: PlanLatheProps) {
  const { id, name, status, healthBand } = lathe;
  return (
    <button
      type="button"
      className={styles.lathe}
      style={place}
      data-kind={status}
      data-band={healthBand}
      aria-pressed={selected}
      aria-label={`${name}, ${STATUS_WORDS[status]}, health ${healthBand}`}
      onClick={() => onSelect(id)}
      onFocus={() => sceneStore.getState().select(id)}
    >
      <span>{id.replace('lathe-', '')}</span>
      <HealthShape band={healthBand} size={20} />
    </button>
  );
}
