import { NativeSelect, TextInput } from '@mantine/core';
import { IconSearch, IconSortAscending } from '@tabler/icons-react';
import { useRef } from 'react';
import { useKeys } from '../../widgets/useKeys';
import styles from './ListTools.module.css';
import type { LatheOrder } from './lathe-order';

export interface ListToolsProps {
  search: string;
  onSearch: (search: string) => void;
  order: LatheOrder;
  onOrder: (order: LatheOrder) => void;
}

export function ListTools({ search, onSearch, order, onOrder }: ListToolsProps) {
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  return (
    <div className={styles.tools}>
      <TextInput
        ref={field}
        type="search"
        aria-label="Search lathes"
        placeholder="Search  /"
        leftSection={<IconSearch size={18} aria-hidden />}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          onSearch('');
          event.currentTarget.blur();
        }}
      />
      <NativeSelect
        aria-label="Order"
        leftSection={<IconSortAscending size={18} aria-hidden />}
        value={order}
        onChange={(event) => onOrder(event.currentTarget.value as LatheOrder)}
        data={[
          { value: 'worst', label: 'Worst first' },
          { value: 'number', label: 'By number' },
          { value: 'status', label: 'By status' },
        ]}
      />
    </div>
  );
}
