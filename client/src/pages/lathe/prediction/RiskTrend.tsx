import type { PredictionDto } from '#domain/contract/prediction.js';
import { ageWords } from '../../../widgets/words';
import styles from './Prediction.module.css';
import { riskWords } from './prediction-words';

const WIDTH = 320;
const HEIGHT = 72;

/** How the risk has gone in the last quarter of an hour, with its interval. */
export function RiskTrend({ prediction: { trend, threshold, at } }: { prediction: PredictionDto }) {
  const [first] = trend;
  const last = trend.at(-1);
  if (!first || !last || trend.length < 2) {
    return <p className="dim">The trend begins with the first stored values.</p>;
  }
  const fromMs = Date.parse(first.at);
  const spanMs = Math.max(1, Date.parse(last.at) - fromMs);
  const top = Math.max(0.1, ...trend.map(({ high }) => high)) * 1.05;
  const x = (iso: string) => ((Date.parse(iso) - fromMs) / spanMs) * WIDTH;
  const y = (risk: number) => HEIGHT - (risk / top) * HEIGHT;
  const line = trend.map((point) => `${x(point.at).toFixed(1)},${y(point.failureProbability).toFixed(1)}`);
  const upper = trend.map((point) => `${x(point.at).toFixed(1)},${y(point.high).toFixed(1)}`);
  const lower = trend.map((point) => `${x(point.at).toFixed(1)},${y(point.low).toFixed(1)}`).reverse();
  const words = `Risk from ${riskWords(first.failureProbability)} to ${riskWords(last.failureProbability)} in ${ageWords(spanMs)}`;
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h3>Trend</h3>
        <span className="dim">up to {riskWords(top)}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className={styles.trend} role="img">
        <title>{words}</title>
        <polygon points={[...upper, ...lower].join(' ')} className={styles.band} />
        {threshold !== null && threshold < top && (
          <line x1={0} x2={WIDTH} y1={y(threshold)} y2={y(threshold)} className={styles.limit} />
        )}
        <polyline points={line.join(' ')} className={styles.line} />
      </svg>
      <p className={styles.ends}>
        <span className="dim">{ageWords(Date.parse(at) - fromMs)} ago</span>
        <span className="dim">now</span>
      </p>
    </figure>
  );
}
