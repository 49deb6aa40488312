import { Link } from 'wouter';
import { useLatheName } from '../api/useLathes';

/** A lathe by the name that people call it, leading to its page. */
export function LatheLink({ latheId, className }: { latheId: string; className?: string | undefined }) {
  const name = useLatheName(latheId);
  return (
    <Link href={`/lathes/${latheId}`} className={className}>
      {name}
    </Link>
  );
}
