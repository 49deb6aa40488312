import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { UserDto } from '#domain/contract/user.js';
import { keys } from './keys';
import { ProblemError } from './problem';
import { fetchMe } from './session';

/** The signed-in user; null without a session. */
export function useMe() {
  return useQuery<UserDto | null>({
    queryKey: keys.me,
    queryFn: async () => {
      try {
        return await fetchMe();
      } catch (error) {
        if (error instanceof ProblemError && error.status === 401) return null;
        throw error;
      }
    },
  });
}

export const SessionContext = createContext<UserDto | null>(null);

/** The user of the pages behind the login. */
export function useUser(): UserDto {
  const user = useContext(SessionContext);
  if (!user) throw new Error('useUser stands outside of the signed-in pages');
  return user;
}

/** What the signed-in user may do; the server decides again on every request. */
export function useRights() {
  const { userType } = useUser();
  return {
    startJobs: userType === 'operator',
    stopJobs: userType !== 'display',
    handleAlerts: userType !== 'display',
    maintain: userType === 'manager',
  };
}
