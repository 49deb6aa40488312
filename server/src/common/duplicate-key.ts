const DUPLICATE_KEY = 11_000;

/** Whether the store refused a document because a unique index holds its key already. @see MongoDB, error code 11000 */
export const isDuplicateKey = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === DUPLICATE_KEY;
