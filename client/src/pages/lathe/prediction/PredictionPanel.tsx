import { useEffect } from 'react';
import type { LatheDto } from '#domain/contract/lathe.js';
import type { PredictionDto } from '#domain/contract/prediction.js';
import { usePrediction } from '../../../api/predictions';
import { type FearedPart, sceneStore } from '../../../live/scene-store';
import { PageLoading } from '../../../widgets/PageState';
import { Panel } from '../../../widgets/Panel';
import { ReadFailure } from '../../../widgets/ReadFailure';
import { Since } from '../../../widgets/TimeStamp';
import { LifeFan } from './LifeFan';
import styles from './Prediction.module.css';
import { fearedPart, riskLevel } from './prediction-words';
import { Reasons } from './Reasons';
import { RiskFigure } from './RiskFigure';
import { RiskTrend } from './RiskTrend';

/** What is likely to fail on this lathe, why, how sure that is, and what would help. */
export default function PredictionPanel({ lathe }: { lathe: LatheDto }) {
  const { data, error, refetch } = usePrediction(lathe.id);
  const { part, band } = (data && !error && fearedPart(data)) || {};
  useEffect(() => {
    if (!part || !band) return;
    const { setFeared } = sceneStore.getState();
    setFeared({ [lathe.id]: { part, band } });
    return () => setFeared({});
  }, [part, band, lathe.id]);
  return (
    <Panel title="Prediction" aside={data && <ModelMark prediction={data} />}>
      {data ? (
        <Prediction prediction={data} isOld={error !== null} feared={part ?? null} />
      ) : error ? (
        <ReadFailure title="The prediction could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading what="Reading the prediction" />
      )}
    </Panel>
  );
}

function ModelMark({ prediction: { model } }: { prediction: PredictionDto }) {
  return (
    <span className="dim" data-model={model.name} data-model-kind={model.kind}>
      {model.kind === 'physical' ? 'physical model' : `model ${model.name} ${model.version}`}
    </span>
  );
}

interface PredictionProps {
  prediction: PredictionDto;
  isOld: boolean;
  feared: FearedPart['part'] | null;
}

function Prediction({ prediction, isOld, feared }: PredictionProps) {
  const { at, note, inDistribution, outOfRange, counterfactual, anomalies, anomalyScore, model } = prediction;
  const strange = anomalies.filter(({ score }) => score >= 0.5);
  return (
    <div
      className={styles.body}
      data-prediction={prediction.latheId}
      data-risk={prediction.failureProbability.toFixed(4)}
      data-level={riskLevel(prediction)}
      data-trusted={inDistribution}
      data-mode={prediction.likelyMode ?? ''}
    >
      {!inDistribution && (
        <div className={styles.notice} role="status">
          <strong>Prediction not trusted.</strong> The readings are unlike those the model has learned from
          {outOfRange.length > 0 ? ':' : ' in how they go together.'}
          {outOfRange.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </div>
      )}
      {isOld && (
        <p className={styles.notice} role="status">
          No new prediction arrives. The one shown came <Since iso={at} />.
        </p>
      )}
      {model.kind === 'physical' && note && (
        <p className="dim">{note} The risk shown is the hazard of the physical model.</p>
      )}
      <RiskFigure prediction={prediction} feared={feared} />
      <RiskTrend prediction={prediction} />
      <Reasons prediction={prediction} />
      {counterfactual.length > 0 && (
        <div>
          <h3>What would help</h3>
          <ul className={styles.advice}>
            {counterfactual.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
      <LifeFan rul={prediction.rulMinutes} />
      <p className={strange.length > 0 ? styles.notice : 'dim'} data-anomaly={anomalyScore.toFixed(2)}>
        {strange.length > 0
          ? `Unlike a sound machine: ${strange.map(({ label }) => label).join(', ')}.`
          : 'Readings agree with the physical model.'}
      </p>
    </div>
  );
}
