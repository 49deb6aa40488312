import { fail } from './setup/report.mjs';
import { setUp } from './setup.mjs';

const options = { '--no-demo': { NO_DEMO: '1' } };

try {
  const given = process.argv.slice(2);
  const unknown = given.find((argument) => !(argument in options));
  if (unknown) fail(`Unknown option ${unknown}. There is: ${Object.keys(options).join(', ')}`);
  await setUp('server', 'client');
  const { runPlant } = await import('./launcher/plant.mjs');
  await runPlant({ env: Object.assign({}, ...given.map((argument) => options[argument])) });
} catch (error) {
  fail(error);
}
