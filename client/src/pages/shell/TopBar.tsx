import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react';
import { Link } from 'wouter';
import { AlarmBell } from './bell/AlarmBell';
import { ConnectionMark } from './ConnectionMark';
import { openKeysHelp } from './keys-help-store';
import { NavLinks } from './NavLinks';
import styles from './TopBar.module.css';
import { UserMenu } from './UserMenu';

export function TopBar() {
  const { colorScheme, toggleColorScheme } = useMantineColorScheme();
  const otherScheme = colorScheme === 'dark' ? 'light' : 'dark';
  return (
    <header className={styles.bar}>
      <Link href="/" className={styles.brand} aria-label="Byte-Astra, start page">
        <ChuckMark />
        <span>Byte-Astra</span>
      </Link>
      <nav className={styles.nav} aria-label="Pages">
        <NavLinks />
      </nav>
      <div className={styles.tools}>
        <ConnectionMark />
        <AlarmBell />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          onClick={toggleColorScheme}
          aria-label={`Use the ${otherScheme} theme`}
          title={`Use the ${otherScheme} theme`}
        >
          {colorScheme === 'dark' ? <IconSun size={20} /> : <IconMoon size={20} />}
        </ActionIcon>
        <ActionIcon
          className={styles.wideOnly}
          variant="subtle"
          color="gray"
          size="lg"
          onClick={openKeysHelp}
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
        >
          <IconKeyboard size={20} />
        </ActionIcon>
        <UserMenu />
      </div>
    </header>
  );
}

function ChuckMark() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden>
      <g fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round">
        <circle cx="16" cy="16" r="13" />
        <circle cx="16" cy="16" r="4" />
        <path d="M16 3v8M4.8 22.5l6.8-4M27.2 22.5l-6.8-4" />
      </g>
    </svg>
  );
}
