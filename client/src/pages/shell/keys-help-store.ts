import { createStore } from 'zustand/vanilla';

export const keysHelpStore = createStore<{ open: boolean }>()(() => ({ open: false }));

export const openKeysHelp = (): void => keysHelpStore.setState({ open: true });
export const closeKeysHelp = (): void => keysHelpStore.setState({ open: false });
