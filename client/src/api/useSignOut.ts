import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { notify } from '../widgets/notice-store';
import { keys } from './keys';
import { messageOf } from './problem';
import { signOut } from './session';

/** Ends the session, and forgets what was read in it. */
export function useSignOut(): () => Promise<void> {
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  return async () => {
    try {
      await signOut();
    } catch (error) {
      notify({ tone: 'problem', text: `You are still signed in. ${messageOf(error)}` });
      return;
    }
    navigate('/login');
    cache.clear();
    cache.setQueryData(keys.me, null);
  };
}
