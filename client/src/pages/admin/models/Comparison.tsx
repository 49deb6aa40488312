import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RegisteredModelDto } from '#domain/contract/prediction-model.js';
import { fetchComparison, modelKeys } from '../../../api/models';
import { ListTable } from '../../../widgets/ListTable';
import { PageLoading } from '../../../widgets/PageState';
import { ReadFailure } from '../../../widgets/ReadFailure';
import styles from './Models.module.css';
import { COMPARED, figureWords, nameOf, refOf } from './model-words';

/** Two versions side by side on the same tools, which neither has seen. */
export function Comparison({ models }: { models: readonly RegisteredModelDto[] }) {
  const active = models.find((model) => model.active) ?? models[0]!;
  const newest = models.findLast((model) => model !== active) ?? active;
  const [chosen, setChosen] = useState<{ a?: string; b?: string }>({});
  const [wanted, setWanted] = useState<{ a: string; b: string } | null>(null);
  const a = chosen.a ?? refOf(active);
  const b = chosen.b ?? refOf(newest);
  const comparison = useQuery({
    queryKey: modelKeys.comparison(wanted?.a ?? '', wanted?.b ?? ''),
    queryFn: () => fetchComparison(wanted!.a, wanted!.b),
    enabled: wanted !== null,
  });
  const options = models.map((model) => ({ value: refOf(model), label: nameOf(model) }));
  const { data } = comparison;
  return (
    <section className={styles.section} aria-label="Comparison">
      <h2>Comparison</h2>
      <div className={styles.acts}>
        <NativeSelect
          aria-label="First version"
          value={a}
          data={options}
          onChange={(event) => setChosen({ ...chosen, a: event.currentTarget.value })}
        />
        <NativeSelect
          aria-label="Second version"
          value={b}
          data={options}
          onChange={(event) => setChosen({ ...chosen, b: event.currentTarget.value })}
        />
        <Button variant="default" data-action="compare" disabled={a === b} onClick={() => setWanted({ a, b })}>
          Compare
        </Button>
      </div>
      {wanted === null ? (
        <p className="dim">Both are tried on the same tools, which neither has learned from.</p>
      ) : comparison.isPending ? (
        <PageLoading what="Running forty tools to their end and judging them by both, up to half a minute" />
      ) : !data ? (
        <ReadFailure
          title="They could not be compared"
          error={comparison.error}
          onRetry={() => void comparison.refetch()}
        />
      ) : (
        <div className={styles.section} data-comparison={data.better ?? 'even'}>
          <p role="status">{data.verdict}</p>
          <ListTable columns={['Figure', ...data.models.map(nameOf)]}>
            {COMPARED.map((figure) => (
              <tr key={figure.name}>
                <td>{figure.label}</td>
                {data.models.map((model) => (
                  <td key={refOf(model)} data-label={nameOf(model)} className="figure">
                    {figureWords(model.figures[figure.name], figure)}
                  </td>
                ))}
              </tr>
            ))}
          </ListTable>
          <p className="dim">
            {data.data.rows} half minutes of {data.data.source}.
          </p>
        </div>
      )}
    </section>
  );
}
