import { compareCrms } from './compare-crms.ts';
import { booksOverHttp } from './read-crms.ts';

/**
 * `node test/support/audit.ts HUBSPOT_URL SALESFORCE_URL`: reads both sandboxes (those of `npm run demo -- --keep`) by plain HTTP and
 * lists every difference in stage, owner and mapped fields of people, and in stage, amount, close date and people of deals. Imports
 * nothing of the product.
 */
const [hubspot, salesforce] = process.argv.slice(2);
if (hubspot === undefined || salesforce === undefined) {
  process.stderr.write('Usage: node test/support/audit.ts HUBSPOT_URL SALESFORCE_URL\n');
  process.exit(64);
}
const { people, both, deals, differences } = await compareCrms(booksOverHttp({ hubspot, salesforce }));
process.stdout.write(`${JSON.stringify({ people, both, deals, differences: differences.length })}\n`);
for (const difference of differences) process.stdout.write(`${JSON.stringify(difference)}\n`);
process.exitCode = differences.length === 0 ? 0 : 1;
