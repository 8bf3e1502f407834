// Runs every *_test.mjs of this folder, or those whose name holds one of the arguments.
import {readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';
import {runAll} from './harness.mjs';

const here = dirname(fileURLToPath(import.meta.url)), parts = process.argv.slice(2);
const files = readdirSync(here).filter(f => f.endsWith('_test.mjs') && (!parts.length || parts.some(p => f.includes(p)))).sort();
for (const f of files) await import(join(here, f));
process.exit(await runAll(chromium) ? 1 : 0);
