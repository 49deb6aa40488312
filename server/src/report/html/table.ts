import { escapeText } from '../svg/element.js';

export interface Column<Row> {
  head: string;
  /** text of the cell */
  cell: (row: Row) => string;
  /** markup before the text, such as a swatch */
  before?: (row: Row) => string;
  /** default: true but for the first column */
  isNumber?: boolean;
}

/** A table with a caption; numbers stand at the right. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const classOf = (column: Column<Row>, i: number) => ((column.isNumber ?? i > 0) ? ' class="number"' : '');
  const head = columns.map((column, i) => `<th scope="col"${classOf(column, i)}>${escapeText(column.head)}</th>`);
  const body = rows.map((row) => {
    const cells = columns.map((column, i) => {
      const content = (column.before?.(row) ?? '') + escapeText(column.cell(row));
      return i === 0 ? `<th scope="row">${content}</th>` : `<td${classOf(column, i)}>${content}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<div class="wide"><table><caption>${escapeText(caption)}</caption><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}
