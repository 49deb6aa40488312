import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { CHANNEL_NAMES } from '#domain/telemetry/channels.js';
import { fetchTelemetry } from '../../api/lathes';
import { messageOf } from '../../api/problem';
import { Choice } from '../../widgets/Choice';
import { downloadText } from '../../widgets/csv';
import styles from './Traces.module.css';
import { telemetryCsv } from './trace-csv';
import { moved, PRESETS, type Preset, type Stretch, type TraceView, zoomed } from './trace-view';

const MOST_ROWS = 5000;

export interface TraceToolsProps {
  latheId: string;
  /** the preset that is shown; none after a zoom */
  preset: Preset | undefined;
  /** what is shown at the moment */
  stretch: () => Stretch;
  nowMs: () => number;
  onPreset: (preset: Preset) => void;
  onView: (view: TraceView) => void;
}

/** Which time the traces show, and that time as a file. */
export function TraceTools({ latheId, preset, stretch, nowMs, onPreset, onView }: TraceToolsProps) {
  const save = useMutation({
    mutationFn: async () => {
      const { fromMs, toMs } = stretch();
      const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
      const channels = CHANNEL_NAMES.join(',');
      const series = await fetchTelemetry(latheId, { from, to, points: MOST_ROWS, channels });
      downloadText(`${latheId} ${from.slice(0, 19).replaceAll(':', '-')}.csv`, telemetryCsv(series));
    },
  });
  const act = (label: string, Icon: typeof IconZoomIn, change: (shown: Stretch) => Stretch) => (
    <ActionIcon variant="default" size="lg" aria-label={label} title={label} onClick={() => onView(change(stretch()))}>
      <Icon size={20} stroke={1.75} />
    </ActionIcon>
  );
  return (
    <div className={styles.tools}>
      <Choice<Preset | ''>
        label="Time range"
        value={preset ?? ''}
        onChange={(p) => p && onPreset(p)}
        options={PRESETS}
      />
      {act('Earlier', IconChevronLeft, (shown) => moved(shown, -0.5, nowMs()))}
      {act('Later', IconChevronRight, (shown) => moved(shown, 0.5, nowMs()))}
      {act('Zoom in', IconZoomIn, (shown) => zoomed(shown, 0.5, 0.5, nowMs()))}
      {act('Zoom out', IconZoomOut, (shown) => zoomed(shown, 2, 0.5, nowMs()))}
      <Button
        variant="default"
        leftSection={<IconDownload size={18} stroke={1.75} />}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        CSV
      </Button>
      {save.isError && <span role="alert">{messageOf(save.error)}</span>}
    </div>
  );
}
