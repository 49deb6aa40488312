import { createStore } from 'zustand/vanilla';

export interface Notice {
  id: number;
  tone: 'done' | 'problem';
  text: string;
}

const SHOWN_MS = 7000;
const MOST_AT_ONCE = 4;

export const noticeStore = createStore<{ notices: Notice[] }>()(() => ({ notices: [] }));

let nextId = 1;

/** Says something about an act that just ended; it leaves by itself. */
export function notify(notice: Omit<Notice, 'id'>): void {
  const id = nextId++;
  noticeStore.setState(({ notices }) => ({ notices: [...notices, { ...notice, id }].slice(-MOST_AT_ONCE) }));
  setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number): void {
  noticeStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
