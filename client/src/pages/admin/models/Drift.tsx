import { useQuery } from '@tanstack/react-query';
import type { HealthBand } from '#domain/contract/enums.js';
import type { DriftDto } from '#domain/contract/prediction-model.js';
import { fetchDrift, type ModelName, modelKeys } from '../../../api/models';
import { HealthShape } from '../../../widgets/HealthShape';
import { ListTable } from '../../../widgets/ListTable';
import { PageLoading } from '../../../widgets/PageState';
import { ReadFailure } from '../../../widgets/ReadFailure';
import styles from './Models.module.css';
import { DRIFT_WORDS, nameOf } from './model-words';

const SHAPES: Record<DriftDto['features'][number]['state'], HealthBand> = {
  steady: 'good',
  watch: 'watch',
  alarm: 'poor',
  unknown: 'unknown',
};

/** How far the readings of the last day have moved from those that the active model has learned from. */
export function Drift({ model }: { model: ModelName }) {
  const drift = useQuery({ queryKey: modelKeys.drift(model), queryFn: () => fetchDrift(model), staleTime: 0 });
  const { data } = drift;
  return (
    <section className={styles.section} aria-label="Drift">
      <h2>Drift of the readings, last day</h2>
      {drift.isPending ? (
        <PageLoading what="Comparing readings with those of the training" />
      ) : !data ? (
        <ReadFailure title="The drift could not be read" error={drift.error} onRetry={() => void drift.refetch()} />
      ) : (
        <>
          <p className="dim">
            {data.enough
              ? `${data.rows} rows against those that ${nameOf(model)} was trained on. Below 0.1 nothing has moved, from 0.25 on the model may be out of its depth.`
              : `${data.rows} rows so far: 200 are needed to tell drift from chance.`}
          </p>
          <ListTable columns={['Reading', 'Stability index', 'State']}>
            {data.features.map(({ feature, label, psi, state }) => (
              <tr key={feature} data-drift={state}>
                <td>{label}</td>
                <td data-label="Stability index" className="figure">
                  {psi?.toFixed(2) ?? '–'}
                </td>
                <td data-label="State">
                  <span className={styles.state}>
                    <HealthShape band={SHAPES[state]} />
                    {DRIFT_WORDS[state]}
                  </span>
                </td>
              </tr>
            ))}
          </ListTable>
        </>
      )}
    </section>
  );
}
