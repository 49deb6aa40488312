import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { fetchJobs } from '../../api/jobs';
import { keys } from '../../api/keys';
import { useLathes } from '../../api/useLathes';
import { useRights } from '../../api/useSession';
import { sceneStore } from '../../live/scene-store';

/** Hands the scene the fleet and its running jobs as the API and its events say they are. */
export function SceneSync() {
  const { data } = useLathes();
  useEffect(() => {
    if (data) sceneStore.getState().setLathes(data);
  }, [data]);
  const { stopJobs: seesJobs } = useRights();
  const running = useQuery({
    queryKey: keys.runningJobs,
    queryFn: async () => (await fetchJobs({ status: 'In Progress' }, 500)).items,
    enabled: seesJobs,
  });
  useEffect(() => {
    const jobs = running.data;
    if (jobs) sceneStore.getState().setJobs(Object.fromEntries(jobs.map((job) => [job.latheId, job])));
  }, [running.data]);
  return null;
}
