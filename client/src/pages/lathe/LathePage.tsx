import { TwinStage } from '../../widgets/TwinStage';

export function LathePage({ latheId }: { latheId: string }) {
  return (
    <div style={{ height: '60vh', padding: 'var(--space-4)' }}>
      <TwinStage view="lathe" latheId={latheId} onSelect={() => {}} />
    </div>
  );
}
