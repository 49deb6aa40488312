import { Modal } from '@mantine/core';
import styles from './KeysHelp.module.css';
import { closeKeysHelp } from './keys-help-store';

const GROUPS: { title: string; keys: [string[], string][] }[] = [
  {
    title: 'Everywhere',
    keys: [
      [['?'], 'This list'],
      [['/'], 'Search'],
      [['a'], 'Acknowledge what has the focus, else the alert in the banner'],
      [['c'], 'The same with a comment'],
      [['Esc'], 'Close what is open'],
    ],
  },
  {
    title: 'Floor',
    keys: [
      [['↑', '↓', '←', '→'], 'Walk across the lathes'],
      [['Enter'], 'Open the lathe'],
    ],
  },
  {
    title: 'Alerts',
    keys: [
      [['j', '↓'], 'Next alert'],
      [['k', '↑'], 'Previous alert'],
      [['Home', 'End'], 'First and last alert'],
      [['a'], 'Acknowledge the focused alert, or all selected'],
      [['c'], 'The same with a comment'],
      [['s'], 'Shelve the focused alert, or all selected'],
      [['x'], 'Select the focused alert'],
      [['Enter'], 'Open its details'],
    ],
  },
];

export default function KeysHelp() {
  return (
    <Modal opened onClose={closeKeysHelp} title="Keyboard" size="lg">
      <div className={styles.groups}>
        {GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h2>{title}</h2>
            <dl className={styles.keys}>
              {keys.map(([caps, does]) => (
                <div key={does}>
                  <dt>
                    {caps.map((cap) => (
                      <kbd key={cap}>{cap}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
