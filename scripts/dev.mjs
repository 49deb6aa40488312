import { spawn } from 'node:child_process';
import { root } from './root.mjs';
import { fail } from './setup/report.mjs';
import { setUp } from './setup.mjs';

/** Watchers end with the launcher: they share the terminal's Ctrl-C, and a plain exit takes them along. */
function startWatcher(args, env) {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' });
  process.on('exit', () => child.kill());
}

try {
  await setUp('server', 'client');
  const { readConfiguration, runPlant } = await import('./launcher/plant.mjs');
  const { urlOf } = await import('./launcher/ready.mjs');
  const { settings } = await readConfiguration();
  await runPlant({ watch: true });
  startWatcher(['node_modules/@nestjs/cli/bin/nest.js', 'build', '--watch', '--preserveWatchOutput']);
  startWatcher(['node_modules/vite/bin/vite.js', 'client'], { BYTE_ASTRA_SERVER: urlOf(settings) });
} catch (error) {
  fail(error);
}
