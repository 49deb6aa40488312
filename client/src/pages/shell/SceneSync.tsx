import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { fetchJobs } from '../../api/jobs';
import { keys } from '../../api/keys';
import { useLathes } from '../../api/useLathes';
import { sceneStore } from '../../live/scene-store';

const RUNNING = { status: 'In Progress' };

/** Hands the scene the fleet and its running jobs as the API and its events say they are. */
export function SceneSync() {
  const { data } = useLathes();
  useEffect(() => {
    if (data) sceneStore.getState().setLathes(data);
  }, [data]);
  const running = useQuery({ queryKey: keys.jobList(RUNNING), queryFn: () => fetchJobs(RUNNING, 200) });
  useEffect(() => {
    const jobs = running.data?.items;
    if (jobs) sceneStore.getState().setJobs(Object.fromEntries(jobs.map((job) => [job.latheId, job])));
  }, [running.data]);
  return null;
}
