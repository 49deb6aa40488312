import { Button } from '@mantine/core';
import type { RegisteredModelDto } from '#domain/contract/prediction-model.js';
import { type ModelName, reportPath } from '../../../api/models';
import { ListTable } from '../../../widgets/ListTable';
import { PageState } from '../../../widgets/PageState';
import { TimeStamp } from '../../../widgets/TimeStamp';
import styles from './Models.module.css';
import { nameOf, SOURCE_WORDS } from './model-words';

export interface VersionsTableProps {
  models: readonly RegisteredModelDto[];
  busy: boolean;
  onActivate: (model: RegisteredModelDto) => void;
  /** null: no challenger any more */
  onChallenge: (model: ModelName | null) => void;
}

const COLUMNS = ['Model', 'From', 'Since', 'PR-AUC', 'F1', 'Calibration error', 'State'];

/** Every registered version with its figures on rows that it had not seen, and what can be done with it. */
export function VersionsTable({ models, busy, onActivate, onChallenge }: VersionsTableProps) {
  if (models.length === 0) {
    return <PageState title="No models" detail="None was shipped or trained. The physical model judges the lathes." />;
  }
  return (
    <ListTable columns={COLUMNS} withActs>
      {[...models].reverse().map((model) => (
        <VersionRow key={nameOf(model)} model={model} busy={busy} onActivate={onActivate} onChallenge={onChallenge} />
      ))}
    </ListTable>
  );
}

type VersionRowProps = Omit<VersionsTableProps, 'models'> & { model: RegisteredModelDto };

function VersionRow({ model, busy, onActivate, onChallenge }: VersionRowProps) {
  const { figures } = model.metrics;
  const shown = (name: string) => figures[name]?.value.toFixed(3) ?? '–';
  return (
    <tr data-model={nameOf(model)} data-active={model.active}>
      <td>{nameOf(model)}</td>
      <td data-label="From">{SOURCE_WORDS[model.source]}</td>
      <td data-label="Since">
        <TimeStamp iso={model.registeredAt} />
      </td>
      <td data-label="PR-AUC" className="figure">
        {shown('prAuc')}
      </td>
      <td data-label="F1" className="figure">
        {shown('f1')}
      </td>
      <td data-label="Calibration error" className="figure">
        {shown('ece')}
      </td>
      <td data-label="State">{stateOf(model)}</td>
      <td>
        <div className={styles.acts}>
          {model.forLathes && !model.active && (
            <Button size="compact-md" disabled={busy} data-action="activate" onClick={() => onActivate(model)}>
              Activate
            </Button>
          )}
          {model.forLathes && !model.active && (
            <Button
              size="compact-md"
              variant="default"
              disabled={busy}
              onClick={() => onChallenge(model.challenger ? null : model)}
            >
              {model.challenger ? 'No challenger' : 'Let it challenge'}
            </Button>
          )}
          {model.hasReport && (
            <Button
              component="a"
              size="compact-md"
              variant="subtle"
              color="gray"
              href={reportPath(model)}
              target="_blank"
            >
              Report
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}

function stateOf({ active, challenger, forLathes }: RegisteredModelDto): string {
  if (active) return 'Judges the lathes';
  if (challenger) return 'Challenger, not heard';
  return forLathes ? 'Ready' : 'Not for lathes';
}
