import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { useKeys } from '../../widgets/useKeys';
import { keysHelpStore, openKeysHelp } from './keys-help-store';

const KeysHelp = lazy(() => import('./KeysHelp'));

/** Loads the list of keys when somebody asks for it. */
export function KeysHelpOnDemand() {
  const open = useStore(keysHelpStore, (state) => state.open);
  useKeys({ '?': openKeysHelp });
  return <Suspense fallback={null}>{open && <KeysHelp />}</Suspense>;
}
