import 'reflect-metadata';
import { startRole } from './start-role.js';

await startRole();
