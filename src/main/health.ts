import { healthExit, healthText } from '../cli/health.ts';
import { askHealth } from '../cli/health-socket.ts';
import { OPTIONS } from '../config/option-table.ts';
import { localeAskedFor } from './terminal.ts';

// The image's health check: `tasuki health` without the rest of Tasuki, which would take a second of processor time, twice a minute.
const health = await askHealth(process.env[OPTIONS.folder.env] || OPTIONS.folder.default);
process.stdout.write(`${healthText(health, localeAskedFor([], process.env))}\n`);
process.exitCode = healthExit(health);
