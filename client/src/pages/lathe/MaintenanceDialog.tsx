import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LatheDto } from '#domain/contract/lathe.js';
import { keys } from '../../api/keys';
import { startMaintenance } from '../../api/lathes';
import { fetchTools } from '../../api/library';
import { FormDialog } from '../../widgets/FormDialog';
import { notify } from '../../widgets/notice-store';

/** Takes a lathe out of service from now on, with or without a new tool. */
export default function MaintenanceDialog({ lathe, onClose }: { lathe: LatheDto; onClose: () => void }) {
  const cache = useQueryClient();
  const tools = useQuery({ queryKey: keys.tools, queryFn: fetchTools }).data ?? [];
  const [minutes, setMinutes] = useState('30');
  const [reason, setReason] = useState('');
  const [toolNo, setToolNo] = useState('');
  const start = useMutation({
    mutationFn: () =>
      startMaintenance(lathe.id, {
        minutes: Number(minutes),
        reason: reason.trim(),
        ...(toolNo ? { replaceTool: Number(toolNo) } : {}),
      }),
    onSuccess: () => {
      notify({ tone: 'done', text: `${lathe.name} is in maintenance.` });
      void cache.invalidateQueries({ queryKey: keys.lathes });
      onClose();
    },
  });
  return (
    <FormDialog
      title={`Maintenance of ${lathe.name}`}
      act="Start maintenance"
      possible={reason.trim() !== '' && Number(minutes) > 0}
      busy={start.isPending}
      error={start.error}
      onSubmit={start.mutate}
      onClose={onClose}
    >
      <TextInput
        label="Reason"
        name="reason"
        required
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        type="number"
        inputMode="numeric"
        name="minutes"
        label="For how long, min"
        min={1}
        required
        value={minutes}
        onChange={(event) => setMinutes(event.currentTarget.value)}
      />
      <NativeSelect
        label="New tool"
        name="replaceTool"
        value={toolNo}
        onChange={(event) => setToolNo(event.currentTarget.value)}
        data={[
          { value: '', label: 'Keep the tools' },
          ...tools.map((tool) => ({ value: String(tool.toolNo), label: `T${tool.toolNo}  ${tool.name}` })),
        ]}
      />
    </FormDialog>
  );
}
