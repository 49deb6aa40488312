import type { LatheDto } from '#domain/contract/lathe.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { FIGURES } from '../../widgets/figures';
import { LiveAge } from '../../widgets/LiveAge';
import { LiveValue } from '../../widgets/LiveValue';
import { Panel } from '../../widgets/Panel';
import styles from './panels.module.css';

const SHOWN: readonly ChannelName[] = [
  'rpm',
  'feedRate',
  'torque',
  'power',
  'cuttingForce',
  'vibration',
  'processTemperature',
  'cuttingZoneTemperature',
  'airTemperature',
  'workDiameter',
  'x',
  'z',
];

/** Newest value of every channel that has no panel of its own. */
export function ValuesPanel({ lathe }: { lathe: LatheDto }) {
  return (
    <Panel title="Now" aside={<LiveAge latheId={lathe.id} />}>
      <div className={styles.values}>
        {SHOWN.map((channel) => (
          <div key={channel} className={styles.value}>
            <span className="dim">{FIGURES[channel].label}</span>
            <LiveValue latheId={lathe.id} channel={channel} />
          </div>
        ))}
      </div>
    </Panel>
  );
}
