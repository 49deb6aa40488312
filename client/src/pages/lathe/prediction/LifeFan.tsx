import type { PredictionDto } from '#domain/contract/prediction.js';
import { minutesWords } from '../../../widgets/words';
import styles from './Prediction.module.css';

const WIDTH = 320;
const HEIGHT = 72;

/** Remaining life as a fan: from the edge as it is to its end, early, in the middle and late. */
export function LifeFan({ rul: { p10, p50, p90 } }: { rul: PredictionDto['rulMinutes'] }) {
  if (p10 === null || p50 === null || p90 === null) {
    return (
      <div>
        <h3>Remaining life</h3>
        <p className="dim">Unknown until the tool has cut.</p>
      </div>
    );
  }
  const far = Math.max(p90, 1) * 1.05;
  const x = (minutes: number) => (minutes / far) * WIDTH;
  const words = `Half of such tools last ${minutesWords(p50)}, four of five between ${minutesWords(p10)} and ${minutesWords(p90)}`;
  return (
    <figure className={styles.figure} data-rul={p50.toFixed(2)}>
      <figcaption>
        <h3>Remaining life</h3>
        <strong>{minutesWords(p50)}</strong>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className={styles.trend} role="img">
        <title>{words}</title>
        <polygon points={`0,0 ${x(p10)},${HEIGHT} ${x(p90)},${HEIGHT}`} className={styles.band} />
        <line x1={0} y1={0} x2={x(p50)} y2={HEIGHT} className={styles.line} />
      </svg>
      <p className={styles.ends}>
        <span className="dim">now</span>
        <span className="dim">{minutesWords(p90)}</span>
      </p>
      <p className="dim">
        Four of five such tools last between {minutesWords(p10)} and {minutesWords(p90)} of cutting.
      </p>
    </figure>
  );
}
