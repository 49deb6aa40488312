import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Tool } from '#domain/machining/tools.js';
import { type Economics, edgeCost } from '#domain/what-if/economics.js';
import styles from './WhatIf.module.css';

export interface CostFieldsProps {
  economics: Economics;
  onChange: (economics: Economics) => void;
  /** whose edge is priced */
  tool: Pick<Tool, 'toolNo' | 'kind'>;
}

/** What time, energy and edges cost: assumptions until the shop puts in its own. */
export function CostFields({ economics, onChange, tool }: CostFieldsProps) {
  const edges = (cost: number) => ({ costPerEdge: { ...economics.costPerEdge, [tool.toolNo]: cost } });
  const set = (change: Partial<Economics>) => onChange({ ...economics, ...change });
  return (
    <details className={styles.costs}>
      <summary>What things cost</summary>
      <div className={styles.fields}>
        <CostField
          label="Machine and operator, € an hour"
          value={economics.machineHourRate}
          onChange={(machineHourRate) => set({ machineHourRate })}
        />
        <CostField
          label="Energy, € per kWh"
          value={economics.energyPrice}
          onChange={(energyPrice) => set({ energyPrice })}
        />
        <CostField
          label="Tool change, min"
          value={economics.toolChangeMinutes}
          onChange={(toolChangeMinutes) => set({ toolChangeMinutes })}
        />
        <CostField
          key={tool.toolNo}
          label={`Edge of T${tool.toolNo}, €`}
          value={edgeCost(tool, economics)}
          onChange={(cost) => set(edges(cost))}
        />
      </div>
    </details>
  );
}

function CostField({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  const [text, setText] = useState(String(value));
  const number = Number(text.replace(',', '.'));
  const good = text.trim() !== '' && number >= 0 && number <= 100_000;
  return (
    <TextInput
      type="number"
      inputMode="decimal"
      min={0}
      label={label}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        const typed = Number(next.replace(',', '.'));
        if (next.trim() !== '' && typed >= 0 && typed <= 100_000) onChange(typed);
      }}
      error={good ? undefined : 'A number of 0 or more.'}
    />
  );
}
