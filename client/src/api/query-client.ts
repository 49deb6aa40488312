import { QueryClient } from '@tanstack/react-query';
import { isWorthRetrying } from './http';

/** Slow data stays fresh by the socket's events, so nothing is read again merely because a window got the focus. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 4 && isWorthRetrying(error),
      retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 10_000),
    },
    mutations: { retry: false },
  },
});
