import type { HealthBand } from '#domain/contract/enums.js';

export interface HealthShapeProps {
  band: HealthBand;
  size?: number;
  /** digit inside the diamond of the critical band */
  priority?: number;
}

/** One shape for each band, so that health is told apart without colour; good has none. */
export function HealthShape({ band, size = 18, priority = 1 }: HealthShapeProps) {
  if (band === 'good') return null;
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden style={{ flex: 'none' }}>
      {band === 'watch' && <circle cx="10" cy="10" r="7.5" fill="var(--watch)" stroke="var(--watch-text)" />}
      {band === 'poor' && (
        <path d="M10 2 18.5 17h-17Z" fill="var(--poor)" stroke="var(--poor-text)" strokeLinejoin="round" />
      )}
      {band === 'critical' && <Diamond digit={priority} fill="var(--critical)" />}
      {band === 'unknown' && (
        <circle
          cx="10"
          cy="10"
          r="7.5"
          fill="none"
          stroke="var(--line-strong)"
          strokeWidth="2"
          strokeDasharray="3 2.6"
        />
      )}
    </svg>
  );
}

export function Diamond({ digit, fill }: { digit: number; fill: string }) {
  return (
    <>
      <path d="M10 .6 19.4 10 10 19.4.6 10Z" fill={fill} />
      <text x="10" y="14" textAnchor="middle" fontSize="11.5" fontWeight="700" fill="var(--on-critical)">
        {digit}
      </text>
    </>
  );
}
