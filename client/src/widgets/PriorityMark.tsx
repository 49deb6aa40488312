import { Diamond } from './HealthShape';

const NAMES: Record<number, string> = { 1: 'highest', 2: 'high', 3: 'medium', 4: 'low' };

/** Priority 1 to 4 of an alert: a shape of its own for each, with its digit. Flashes until acknowledged. */
export function PriorityMark({
  priority,
  flash = false,
  size = 26,
}: {
  priority: number;
  flash?: boolean;
  size?: number;
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      role="img"
      aria-label={`Priority ${priority}, ${NAMES[priority] ?? ''}`}
      data-flash={flash}
      style={{ flex: 'none' }}
    >
      {priority === 1 && <Diamond digit={1} fill="var(--critical)" />}
      {priority === 2 && (
        <>
          <path d="M10 .8 19.6 18H.4Z" fill="var(--poor)" />
          <Digit digit={2} y={15.6} />
        </>
      )}
      {priority === 3 && (
        <>
          <circle cx="10" cy="10" r="9" fill="var(--watch)" />
          <Digit digit={3} y={14} />
        </>
      )}
      {priority >= 4 && (
        <>
          <rect x="1.5" y="1.5" width="17" height="17" rx="2" fill="none" stroke="var(--text-dim)" strokeWidth="1.6" />
          <text x="10" y="14" textAnchor="middle" fontSize="11.5" fontWeight="700" fill="var(--text)">
            {priority}
          </text>
        </>
      )}
    </svg>
  );
}

function Digit({ digit, y }: { digit: number; y: number }) {
  return (
    <text x="10" y={y} textAnchor="middle" fontSize="11" fontWeight="700" fill="var(--on-hue)">
      {digit}
    </text>
  );
}
