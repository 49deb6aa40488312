import type { ReactNode } from 'react';
import styles from './ListTable.module.css';

export interface ListTableProps {
  columns: readonly string[];
  /** the rows end in a cell of buttons, whose heading is only read out */
  withActs?: boolean;
  /** rows; on narrow screens each cell shows its `data-label` instead of the heading */
  children: ReactNode;
}

/** A long list with a heading for each column; on narrow screens one block for each row. */
export function ListTable({ columns, withActs = false, children }: ListTableProps) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
            {withActs && (
              <th>
                <span className="visually-hidden">Acts</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
