import { Button } from '@mantine/core';
import { IconDownload, IconStack2 } from '@tabler/icons-react';
import styles from './ListHead.module.css';

export interface ListHeadProps {
  shown: number;
  /** there are more than those shown */
  more: boolean;
  selected: number;
  selectable: boolean;
  grouped: boolean;
  groupable: boolean;
  exporting: boolean;
  onSelectAll: () => void;
  onGroup: () => void;
  onExport: () => void;
}

/** Over the rows: select all of them, how many there are, and what can be done with the list as a whole. */
export function ListHead(props: ListHeadProps) {
  const { shown, more, selected, selectable, grouped, groupable, exporting, onSelectAll, onGroup, onExport } = props;
  return (
    <div className={styles.head}>
      {selectable && (
        <label className={styles.all}>
          <input
            type="checkbox"
            checked={selected === shown && shown > 0}
            ref={(box) => {
              if (box) box.indeterminate = selected > 0 && selected < shown;
            }}
            onChange={onSelectAll}
          />
          All
        </label>
      )}
      <span className="dim">
        {shown.toLocaleString()}
        {more && ' newest'} {shown === 1 ? 'alert' : 'alerts'}
      </span>
      <span className={styles.tools}>
        {groupable && (
          <Button
            variant={grouped ? 'filled' : 'default'}
            size="compact-md"
            aria-pressed={grouped}
            leftSection={<IconStack2 size={18} aria-hidden />}
            onClick={onGroup}
          >
            By lathe
          </Button>
        )}
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconDownload size={18} aria-hidden />}
          loading={exporting}
          disabled={shown === 0}
          onClick={onExport}
        >
          CSV
        </Button>
      </span>
    </div>
  );
}
