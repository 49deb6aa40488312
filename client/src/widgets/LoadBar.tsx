import styles from './LoadBar.module.css';

export interface LoadBarProps {
  label: string;
  value: number;
  limit: number;
  unit: string;
  digits: number;
}

/** A load against what bears it; one that is too great is marked. */
export function LoadBar({ label, value, limit, unit, digits }: LoadBarProps) {
  const share = limit > 0 ? value / limit : 1;
  return (
    <div className={styles.load} data-over={share > 1}>
      <span>{label}</span>
      <span className="figure">
        <strong>{value.toFixed(digits)}</strong>
        <span className="dim">
          {' '}
          of {limit.toFixed(digits)} {unit}
        </span>
      </span>
      <div className={styles.track}>
        <div style={{ width: `${Math.min(100, share * 100)}%` }} />
      </div>
    </div>
  );
}
