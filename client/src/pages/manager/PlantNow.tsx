import { useEffect, useRef } from 'react';
import type { LatheDto } from '#domain/contract/lathe.js';
import { readouts } from '../../live/readouts';
import { Figures } from '../../widgets/Figures';
import { LatheLink } from '../../widgets/LatheLink';

/** The plant in five figures of this moment. */
export function PlantNow({ lathes }: { lathes: readonly LatheDto[] }) {
  const running = lathes.filter((lathe) => lathe.status === 'running').length;
  const lowest = lathes.reduce<LatheDto | undefined>(
    (worst, lathe) => ((lathe.health ?? 2) < (worst?.health ?? 2) ? lathe : worst),
    undefined,
  );
  return (
    <Figures>
      <Figure name="Running" value={`${running} of ${lathes.length}`} />
      <Figure name="Idle" value={String(lathes.filter((lathe) => lathe.status === 'idle').length)} />
      <Figure
        name="Locked or offline"
        value={String(lathes.filter(({ status }) => status === 'alarm' || status === 'offline').length)}
      />
      <div>
        <dt>Lowest health</dt>
        <dd className="figure">
          {lowest?.health == null ? '–' : `${Math.round(100 * lowest.health)} % `}
          {lowest && <LatheLink latheId={lowest.id} />}
        </dd>
      </div>
      <div>
        <dt>Power at the spindles</dt>
        <dd>
          <TotalPower />
        </dd>
      </div>
    </Figures>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figure">{value}</dd>
    </div>
  );
}

/** Sum over all lathes that report, written live. */
function TotalPower() {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      readouts.add((ticks) => {
        let watts = 0;
        for (const id of ticks.ids()) watts += ticks.value(ticks.slotOf(id), 'power') || 0;
        if (element.current) element.current.textContent = `${(watts / 1000).toFixed(1)} kW`;
      }),
    [],
  );
  return <span ref={element} className="figure" />;
}
