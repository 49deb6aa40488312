import { IconAlertTriangle } from '@tabler/icons-react';
import type { CalculatorResult } from '#domain/machining/calculate.js';
import { LoadBar } from '../../widgets/LoadBar';
import { numberOf } from '../../widgets/number-text';
import { minutesWords } from '../../widgets/words';
import type { JobDraft, JobPreview } from './job-draft';
import { labelOf } from './job-faults';
import styles from './PreviewPanel.module.css';

export interface PreviewPanelProps {
  preview: JobPreview;
  draft: JobDraft;
  /** fields that stand beside the panel: a warning that is told there is not told here again */
  beside: readonly string[];
}

/** What the job will ask of the machine, against what the machine can give. */
export function PreviewPanel({ preview, draft, beside }: PreviewPanelProps) {
  const { result, faults } = preview;
  const elsewhere = [...preview.warnings].filter(([path]) => !beside.includes(path));
  return (
    <aside className={styles.panel} aria-label="Preview" aria-live="polite">
      <h2>Preview</h2>
      {result ? (
        <Figures result={result} minutes={numberOf(draft.minutes) ?? 0} />
      ) : (
        <>
          <p>This job cannot run yet:</p>
          {[...faults].map(([path, message]) => (
            <Note key={path} text={`${labelOf(path, draft)}: ${message}`} />
          ))}
        </>
      )}
      {elsewhere.flatMap(([path, messages]) => messages.map((message) => <Note key={path + message} text={message} />))}
    </aside>
  );
}

function Figures({ result, minutes }: { result: CalculatorResult; minutes: number }) {
  const { limits } = result;
  return (
    <>
      <LoadBar label="Spindle speed" value={result.spindleSpeed} limit={limits.maxSpindleSpeed} unit="rpm" digits={0} />
      <LoadBar label="Torque" value={result.spindleTorque} limit={limits.torqueAvailable} unit="N·m" digits={1} />
      <LoadBar
        label="Power"
        value={result.spindlePower / 1000}
        limit={limits.powerAvailable / 1000}
        unit="kW"
        digits={1}
      />
      <dl className={styles.list}>
        <Row label="Cutting speed" value={`${result.cuttingSpeed.toFixed(0)} m/min`} />
        <Row label="Cutting force" value={`${result.cuttingForce.toFixed(0)} N`} />
        <Row label="Passes" value={String(result.passes)} />
        <Row label="Cutting time per part" value={`${result.machiningTime.toFixed(1)} s`} />
        {result.roughnessRa !== null && <Row label="Roughness Ra" value={`${result.roughnessRa.toFixed(2)} µm`} />}
        <Row
          label="Tool life in cut"
          value={minutesWords(result.toolLife)}
          wrong={minutes > 0 && result.toolLife < minutes}
        />
      </dl>
    </>
  );
}

function Note({ text }: { text: string }) {
  return (
    <p className={styles.warning}>
      <IconAlertTriangle size={20} aria-hidden />
      {text}
    </p>
  );
}

function Row({ label, value, wrong = false }: { label: string; value: string; wrong?: boolean }) {
  return (
    <div data-wrong={wrong}>
      <dt>{label}</dt>
      <dd className="figure">
        {value}
        {wrong && <span> (less than the job)</span>}
      </dd>
    </div>
  );
}
