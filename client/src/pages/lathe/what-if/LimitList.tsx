import type { PlanLimits } from '#domain/contract/what-if.js';
import { LoadBar } from '../../../widgets/LoadBar';
import styles from './WhatIf.module.css';

const celsius = (kelvin: number) => kelvin - 273.15;

/** What the plan asks of machine, tool and work once the edge is worn, against what they bear. */
export function LimitList({ limits }: { limits: PlanLimits }) {
  const { load } = limits;
  return (
    <section className={styles.limits} aria-label="Limits">
      <h3>Limits, at the end of the edge’s life</h3>
      <LoadBar label="Spindle speed" value={load.spindleSpeed} limit={limits.maxSpindleSpeed} unit="rpm" digits={0} />
      <LoadBar label="Torque" value={load.torque} limit={limits.torqueAvailable} unit="N·m" digits={1} />
      <LoadBar label="Power" value={load.power / 1000} limit={limits.powerAvailable / 1000} unit="kW" digits={1} />
      <LoadBar label="Lasting load of the drive" value={load.driveLoad * 100} limit={100} unit="%" digits={0} />
      <LoadBar label="Force on the tool" value={load.cuttingForce} limit={limits.cuttingForce} unit="N" digits={0} />
      {limits.chatterLimitWidth !== null && (
        <LoadBar
          label="Chip width before chatter"
          value={load.chipWidth}
          limit={limits.chatterLimitWidth}
          unit="mm"
          digits={2}
        />
      )}
      <LoadBar
        label="Cutting zone"
        value={celsius(load.zoneTemperature)}
        limit={celsius(Math.min(limits.softeningTemperature, limits.materialTemperature))}
        unit="°C"
        digits={0}
      />
    </section>
  );
}
