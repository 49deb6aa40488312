/** Rows of each key, in the order in which keys and rows first come. */
export function rowsByKey<Key>(rows: Iterable<number>, keyOf: (row: number) => Key): Map<Key, number[]> {
  const members = new Map<Key, number[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = members.get(key);
    if (known) known.push(row);
    else members.set(key, [row]);
  }
  return members;
}
