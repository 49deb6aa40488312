import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AlertDto } from '#domain/contract/alert.js';
import type { JobDto } from '#domain/contract/job.js';
import type { Page } from '#domain/contract/page.js';
import { fetchAlerts } from '../../api/alerts';
import { fetchJobs } from '../../api/jobs';
import { keys } from '../../api/keys';
import type { TraceMark } from './trace-marks';
import type { Stretch } from './trace-view';

/** Lists tell when something began; what began so long before the stretch may still have lasted in it. */
const LEAD_MS = 86_400_000;
const PAGE = 500;
const MOST_PAGES = 4;

/** Jobs and alerts of a lathe in a stretch of time. */
export function useTraceMarks(latheId: string, stretch: Stretch): readonly TraceMark[] {
  const { data } = useQuery({
    queryKey: keys.traceMarks(latheId, stretch.fromMs, stretch.toMs),
    queryFn: () => fetchMarks(latheId, stretch),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  return data ?? NONE;
}

const NONE: readonly TraceMark[] = [];

async function fetchMarks(latheId: string, { fromMs, toMs }: Stretch): Promise<TraceMark[]> {
  const filter = { latheId, from: new Date(fromMs - LEAD_MS).toISOString(), to: new Date(toMs).toISOString() };
  const [jobs, alerts] = await Promise.all([
    everyPage((cursor) => fetchJobs(filter, PAGE, cursor)),
    everyPage((cursor) => fetchAlerts(filter, PAGE, cursor)),
  ]);
  const marks = [...jobs.map(jobMark), ...alerts.map(alertMark)];
  return marks.filter((mark) => mark.toS * 1000 > fromMs);
}

async function everyPage<Item>(read: (cursor?: string) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  return items;
}

function jobMark({ JobID, JobType, Material, StartTime, EndTime, Status }: JobDto): TraceMark {
  const ended = EndTime ? seconds(EndTime) : Status === 'In Progress' ? Number.POSITIVE_INFINITY : seconds(StartTime);
  return { fromS: seconds(StartTime), toS: ended, words: `${JobID} ${JobType}, ${Material}` };
}

function alertMark({ timestamp, resolvedAt, message, priority }: AlertDto): TraceMark {
  const toS = resolvedAt ? seconds(resolvedAt) : Number.POSITIVE_INFINITY;
  return { fromS: seconds(timestamp), toS, words: message, priority };
}

const seconds = (iso: string): number => Date.parse(iso) / 1000;
