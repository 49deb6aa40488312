import type { HealthBand } from '#domain/contract/enums.js';
import type { PredictionDto } from '#domain/contract/prediction.js';
import type { FearedPart } from '../../../live/scene-store';
import { HealthShape } from '../../../widgets/HealthShape';
import styles from './Prediction.module.css';
import { PART_WORDS, RISK_WORDS, type RiskLevel, riskLevel, riskWords } from './prediction-words';

const SHAPE_OF: Record<RiskLevel, HealthBand> = { low: 'good', raised: 'watch', high: 'critical' };

/**
 * The risk as a number, a word and a place on a scale, with the interval that it lies in.
 * @param feared - part that is marked on the machine
 */
export function RiskFigure({ prediction, feared }: { prediction: PredictionDto; feared: FearedPart['part'] | null }) {
  const { failureProbability, interval, threshold, horizonMinutes, likelyMode, modeLabels, inDistribution } =
    prediction;
  const level = riskLevel(prediction);
  const [low, high] = interval;
  return (
    <div className={styles.risk} data-level={level} data-doubtful={!inDistribution || undefined}>
      <p className={styles.headline}>
        <strong>{riskWords(failureProbability)}</strong>
        <span className={styles.level}>
          <HealthShape band={SHAPE_OF[level]} />
          {RISK_WORDS[level]}
        </span>
      </p>
      <div className={styles.scale} aria-hidden>
        <span
          className={styles.range}
          style={{ left: `${100 * low}%`, width: `${Math.max(0.5, 100 * (high - low))}%` }}
        />
        {threshold !== null && <span className={styles.threshold} style={{ left: `${100 * threshold}%` }} />}
        <span className={styles.mark} style={{ left: `${100 * failureProbability}%` }} />
      </div>
      <p className="dim">
        of a failure in the next {horizonMinutes} min of cutting
        {riskWords(low) !== riskWords(high) && `; likely between ${riskWords(low)} and ${riskWords(high)}`}
        {threshold !== null && `; called a failure from ${riskWords(threshold)}`}.
      </p>
      {likelyMode && (
        <p>
          Most likely: <strong>{modeLabels[likelyMode] ?? likelyMode}</strong>
          {feared && <span className="dim"> · {PART_WORDS[feared]} marked on the machine</span>}
        </p>
      )}
    </div>
  );
}
