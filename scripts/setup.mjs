import { build } from './setup/build.mjs';
import { installPackages } from './setup/packages.mjs';
import { SetupError } from './setup/report.mjs';

const OLDEST_NODE = [20, 19];

/** What every command needs first: a fitting Node, the packages, and `parts` ('server', 'client') built. */
export async function setUp(...parts) {
  checkNode();
  await installPackages();
  await build(...parts);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = OLDEST_NODE;
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
    throw new SetupError(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}`);
  }
}
