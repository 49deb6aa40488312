import { z } from 'zod';

/** Answer of a paged list; `nextCursor` is opaque and missing on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

export interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}

/** Query of a paged list: limit 1..500, default 50. */
export const PageQueryShape = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
};

interface Span {
  from?: string | undefined;
  to?: string | undefined;
}

/** For a query whose `from` must not lie behind its `to`. */
export const isForward = ({ from, to }: Span): boolean =>
  from === undefined || to === undefined || Date.parse(from) <= Date.parse(to);
export const BACKWARD = { path: ['from'], message: 'lies behind "to"' };
