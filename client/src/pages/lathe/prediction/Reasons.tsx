import type { PredictionDto, ReasonDto } from '#domain/contract/prediction.js';
import styles from './Prediction.module.css';
import { byStrength, pointsWords, readingWords, riskWords } from './prediction-words';

/** Why the risk is what it is: what each group of readings adds to it or takes away, in points. */
export function Reasons({ prediction: { explanation, base, model, nearestLimit } }: { prediction: PredictionDto }) {
  const reasons = byStrength(explanation);
  const reach = Math.max(0.01, ...reasons.map(({ contribution }) => Math.abs(contribution)));
  return (
    <div>
      <h3>Why</h3>
      <ul className={styles.reasons}>
        {reasons.map((reason) => (
          <Reason key={reason.feature} reason={reason} reach={reach} />
        ))}
      </ul>
      <p className="dim">
        Percentage points, from {base < 0.001 ? 'nothing' : riskWords(base)}
        {model.kind === 'trained' && ', the usual risk of a sound lathe,'} to the risk above.
      </p>
      {nearestLimit && <p data-nearest-limit>Nearest limit: {nearestLimit}.</p>}
    </div>
  );
}

function Reason({ reason, reach }: { reason: ReasonDto; reach: number }) {
  const { feature, label, contribution } = reason;
  const share = (50 * Math.abs(contribution)) / reach;
  const raises = contribution > 0;
  return (
    <li data-feature={feature} data-contribution={contribution.toFixed(4)}>
      <span>{label}</span>
      <span className={styles.points}>{pointsWords(contribution)}</span>
      <span className={styles.bar} aria-hidden>
        <span
          data-raises={raises}
          style={raises ? { left: '50%', width: `${share}%` } : { right: '50%', width: `${share}%` }}
        />
      </span>
      <span className="dim">{readingWords(reason)}</span>
    </li>
  );
}
