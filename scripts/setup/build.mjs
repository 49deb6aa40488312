import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.mjs';
import { runQuietly, step } from './report.mjs';

const parts = {
  server: {
    sources: ['domain', 'server/src', 'server/bench', '.swcrc', 'nest-cli.json'],
    program: ['node_modules/@nestjs/cli/bin/nest.js', 'build'],
    result: 'dist/server/src',
  },
  client: {
    sources: ['domain', 'client'],
    program: ['node_modules/vite/bin/vite.js', 'build', 'client', '--logLevel', 'warn'],
    result: 'dist/client/index.html',
  },
};

/** Builds what changed since its last build. Sources are compared by content, so a checkout alone costs nothing. */
export async function build(...names) {
  for (const name of names) {
    const { sources, program, result } = parts[name];
    const stamp = join(root, 'dist', `.${name}-sources`);
    const print = fingerprint([...sources, 'package-lock.json']);
    if (existsSync(join(root, result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === print) continue;
    await step(`Building the ${name}`, () => runQuietly(process.execPath, program, { cwd: root, env: buildEnv() }));
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(stamp, print);
  }
}

/** The plant's own NODE_ENV must not leak into the build: Vite would bundle React's development version. */
function buildEnv() {
  const { NODE_ENV: _, ...env } = process.env;
  return env;
}

function fingerprint(sources) {
  const hash = createHash('sha1');
  for (const path of sources.flatMap(filesOf)) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

function filesOf(source) {
  const path = join(root, source);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [source];
  return readdirSync(path)
    .sort()
    .filter((name) => !/\.spec\.tsx?$|^node_modules$/.test(name))
    .flatMap((name) => filesOf(join(source, name)));
}
