import { useQuery } from '@tanstack/react-query';
import type { ScoreDto } from '#domain/contract/prediction-model.js';
import { fetchScoreBoard, modelKeys } from '../../../api/models';
import { ListTable } from '../../../widgets/ListTable';
import { PageLoading } from '../../../widgets/PageState';
import { ReadFailure } from '../../../widgets/ReadFailure';
import styles from './Models.module.css';
import { nameOf } from './model-words';

const COLUMNS = ['Warnings', 'Right', 'False', 'Open', 'Failures', 'Warned of', 'Median ahead'];

/** What warnings were worth in the last week, by model and by lathe. */
export function ScoreBoard() {
  const board = useQuery({ queryKey: modelKeys.scoreBoard, queryFn: fetchScoreBoard, staleTime: 0 });
  const { data } = board;
  return (
    <section className={styles.section} aria-label="Score board">
      <h2>Score board, last 7 days</h2>
      <p className="dim">
        A warning counts as right where a failure follows it, or where whoever acknowledges its alert begins the comment
        with “true” or “late”; “false” overrules.
      </p>
      {board.isPending ? (
        <PageLoading what="Counting warnings and failures" />
      ) : !data ? (
        <ReadFailure title="The scores could not be read" error={board.error} onRetry={() => void board.refetch()} />
      ) : data.models.length === 0 ? (
        <p>Nothing was predicted in this time.</p>
      ) : (
        <>
          <Scores
            what="Model"
            rows={data.models.map((model) => ({
              key: `${nameOf(model)} ${model.shadow}`,
              label: `${nameOf(model)}${model.shadow ? ' (challenger)' : ''}`,
              score: model,
            }))}
          />
          <Scores
            what="Lathe"
            rows={data.lathes.map((lathe) => ({ key: lathe.latheId, label: lathe.latheId, score: lathe }))}
          />
        </>
      )}
    </section>
  );
}

function Scores({ what, rows }: { what: string; rows: { key: string; label: string; score: ScoreDto }[] }) {
  const percent = (share: number | null) => (share === null ? '–' : `${Math.round(100 * share)} %`);
  return (
    <ListTable columns={[what, ...COLUMNS]}>
      {rows.map(({ key, label, score }) => (
        <tr key={key} data-score={label}>
          <td>{label}</td>
          <td data-label="Warnings" className="figure">
            {score.warnings}
          </td>
          <td data-label="Right" className="figure">
            {score.confirmed} ({percent(score.precision)})
          </td>
          <td data-label="False" className="figure">
            {score.false}
          </td>
          <td data-label="Open" className="figure">
            {score.open}
          </td>
          <td data-label="Failures" className="figure">
            {score.failures}
          </td>
          <td data-label="Warned of" className="figure">
            {score.warned} ({percent(score.recall)})
          </td>
          <td data-label="Median ahead" className="figure">
            {score.leadMinutes ? `${score.leadMinutes.median.toFixed(1)} min` : '–'}
          </td>
        </tr>
      ))}
    </ListTable>
  );
}
