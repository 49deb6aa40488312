import { NativeSelect, NumberInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TrainingDto } from '#domain/contract/prediction-model.js';
import { fetchHistory, modelKeys, startTraining } from '../../../api/models';
import { FormDialog } from '../../../widgets/FormDialog';

const TOOLS = { least: 40, most: 2000, usual: 200 };

/** What a new version is to learn from. */
export default function TrainDialog({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const history = useQuery({ queryKey: modelKeys.history, queryFn: fetchHistory, staleTime: 0 });
  const [source, setSource] = useState<TrainingDto['source']>('generated');
  const [tools, setTools] = useState<number | string>(TOOLS.usual);
  const start = useMutation({
    mutationFn: startTraining,
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: modelKeys.trainings });
      onClose();
    },
  });
  const count = Number(tools);
  const isCount = Number.isInteger(count) && count >= TOOLS.least && count <= TOOLS.most;
  const seen = history.data;
  return (
    <FormDialog
      title="Train a new version"
      act="Train"
      possible={source === 'plant' || isCount}
      busy={start.isPending}
      error={start.error}
      onSubmit={() => start.mutate({ source, ...(source === 'plant' ? {} : { tools: count }) })}
      onClose={onClose}
    >
      <NativeSelect
        label="Learn from"
        value={source}
        onChange={(event) => setSource(event.currentTarget.value as TrainingDto['source'])}
        data={[
          { value: 'generated', label: 'Tools run to their end in the simulator' },
          { value: 'plant', label: 'What this plant has seen' },
          { value: 'both', label: 'Both' },
        ]}
      />
      <p className="dim" role="status">
        {seen
          ? `This plant has seen ${seen.failures} failures with readings before them; ${seen.needed} are needed to learn from it alone.`
          : history.isError
            ? 'What this plant has seen could not be read.'
            : 'Reading what this plant has seen…'}
      </p>
      {source !== 'plant' && (
        <NumberInput
          label="Tools in the simulator"
          description={`${TOOLS.least} to ${TOOLS.most}; more take longer and teach more`}
          value={tools}
          onChange={setTools}
          min={TOOLS.least}
          max={TOOLS.most}
          allowDecimal={false}
        />
      )}
      <p>It takes a minute or two and slows nothing down. The result is not used before somebody activates it.</p>
    </FormDialog>
  );
}
