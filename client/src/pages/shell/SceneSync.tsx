import { useEffect } from 'react';
import { useLathes } from '../../api/useLathes';
import { sceneStore } from '../../live/scene-store';

/** Hands the scene the fleet as the API and its events say it is. */
export function SceneSync() {
  const { data } = useLathes();
  useEffect(() => {
    if (data) sceneStore.getState().setLathes(data);
  }, [data]);
  return null;
}
