import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LatheDto } from '#domain/contract/lathe.js';
import type { WhatIfBasis } from '#domain/contract/what-if.js';
import { findTool } from '#domain/machining/tools.js';
import { DEFAULT_ECONOMICS } from '#domain/what-if/economics.js';
import { useRights } from '../../../api/useSession';
import { Choice } from '../../../widgets/Choice';
import { PageLoading } from '../../../widgets/PageState';
import { Panel } from '../../../widgets/Panel';
import { ReadFailure } from '../../../widgets/ReadFailure';
import { Since } from '../../../widgets/TimeStamp';
import { ChangeFields } from './ChangeFields';
import { Comparison } from './Comparison';
import { CostFields } from './CostFields';
import { LimitList } from './LimitList';
import { LIMIT_WORDS, stopWords } from './limit-words';
import { OutlookPlots } from './OutlookPlots';
import { SweepPlot } from './SweepPlot';
import { useLibrary, useWhatIf, useWhatIfBasis } from './useWhatIf';
import styles from './WhatIf.module.css';
import { AS_PLANNED, triedFields, withText } from './what-if-draft';

const HORIZONS = [
  { value: '15', label: '15 min' },
  { value: '60', label: '1 h' },
  { value: '240', label: '4 h' },
];

/** What would happen if the job that runs here ran otherwise. */
export default function WhatIf({ lathe }: { lathe: LatheDto }) {
  const { startJobs } = useRights();
  if (!lathe.currentJob) {
    return (
      <Panel title="What if …">
        <p className="dim">
          {startJobs ? 'Start a job, then try' : 'When a job runs here, try'} other speeds, feeds, tools and materials
          on it without touching the machine.
        </p>
      </Panel>
    );
  }
  return <OfJob key={lathe.currentJob} latheId={lathe.id} jobId={lathe.currentJob} />;
}

function OfJob({ latheId, jobId }: { latheId: string; jobId: string }) {
  const { data, error, refetch, isTooEarly } = useWhatIfBasis(latheId, jobId);
  if (data) return <Trial basis={data.basis} at={data.at} />;
  return (
    <Panel title="What if …">
      {error && !isTooEarly ? (
        <ReadFailure title="The state of the lathe could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading what={isTooEarly ? 'Waiting for the first values of the job' : 'Reading the state of the lathe'} />
      )}
    </Panel>
  );
}

function Trial({ basis, at }: { basis: WhatIfBasis; at: string }) {
  const library = useLibrary();
  const [draft, setDraft] = useState(AS_PLANNED);
  const [horizon, setHorizon] = useState('60');
  const [economics, setEconomics] = useState(DEFAULT_ECONOMICS);
  const { times, current, proposed, proposal, sweep, isCatchingUp } = useWhatIf(
    basis,
    draft,
    Number(horizon),
    economics,
    library,
  );
  const tool = findTool(draft.toolNo ?? basis.tool.toolNo, library.tools) ?? basis.tool;
  const planned = basis.parameters.cuttingSpeed;
  const speeds = {
    min: sweep?.points[0]?.cuttingSpeed ?? (planned ?? 10) / 4,
    max: sweep?.points.at(-1)?.cuttingSpeed ?? (planned ?? 10) * 3,
  };
  const broken = proposed?.limits.broken ?? [];
  const stop = proposed && stopWords(proposed);
  const changed = JSON.stringify(draft) !== JSON.stringify(AS_PLANNED);
  const take = (speed: number) => setDraft(withText(draft, 'cuttingSpeed', String(Number(speed.toPrecision(4)))));
  return (
    <Panel
      title="What if …"
      aside={<Choice label="How far ahead" value={horizon} onChange={setHorizon} options={HORIZONS} />}
    >
      <div className={styles.body}>
        <div className={styles.controls}>
          <p className="dim">
            From the state of <Since iso={at} />. The machine is not touched.
          </p>
          <ChangeFields
            basis={basis}
            draft={draft}
            onChange={setDraft}
            fields={triedFields(basis, tool, speeds)}
            tools={library.tools}
            materials={library.materials}
            faults={proposal.faults}
            warnings={proposal.plan?.warnings ?? []}
          />
          <Button variant="default" disabled={!changed} onClick={() => setDraft(AS_PLANNED)}>
            As planned again
          </Button>
          <CostFields economics={economics} onChange={setEconomics} tool={tool} />
        </div>
        <div className={styles.results} aria-busy={isCatchingUp}>
          {!proposed && <Refusal faults={[...proposal.faults.values()]} />}
          {broken.length > 0 && (
            <p className={styles.warning}>Beyond the limits: {broken.map((name) => LIMIT_WORDS[name]).join(', ')}.</p>
          )}
          {stop && <p className={styles.warning}>{stop}</p>}
          <OutlookPlots times={times} current={current} proposed={proposed} />
          <div className={styles.figures}>
            <Comparison current={current} proposed={proposed} horizonMinutes={Number(horizon)} />
            <LimitList limits={(proposed ?? current).limits} />
          </div>
          {sweep && (
            <SweepPlot
              sweep={sweep}
              planned={planned}
              proposed={proposal.plan?.parameters.cuttingSpeed}
              onTake={take}
            />
          )}
        </div>
      </div>
    </Panel>
  );
}

function Refusal({ faults }: { faults: string[] }) {
  return (
    <div className={styles.warning} role="status">
      This cannot be done:
      {faults.map((fault) => (
        <p key={fault}>{fault}</p>
      ))}
    </div>
  );
}
