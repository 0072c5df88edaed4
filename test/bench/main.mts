/** The benchmark behind `npm run bench`. Started by test/tools/bench.mjs once everything is installed and built. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { textTable } from '../demo/textTable.mts';
import { outputFolder } from '../e2e/stack/packPackage.mts';
import { benchSync, type SyncRun } from './syncBench.mts';

const CONTACTS = 50_000;
/** What n8n's process may grow by, MB. */
const MOST_GROWTH = 200;

const HEADER = [
	'read by',
	'garbage',
	'run',
	'created',
	'unchanged',
	'seconds',
	'CRM requests',
	'CRM credits',
	'PBX requests',
	'MB before',
	'MB peak',
	'MB more',
	'heap MB before',
	'heap MB peak',
];

const COMPANIES = [
	{ readBy: 'bulkRead', garbage: 'untouched' },
	{ readBy: 'bulkRead', garbage: 'collected' },
	{ readBy: 'pages', garbage: 'collected' },
] as const;

const tell = (progress: string) => console.log(`  ${progress} …`);
const contacts = Number(process.argv[2] ?? CONTACTS);

const runs: SyncRun[] = [];
for (const company of COMPANIES) {
	runs.push(...(await benchSync({ ...company, contacts }, tell)));
	writeFileSync(join(outputFolder, 'bench.json'), `${JSON.stringify({ runs }, null, '\t')}\n`);
}

console.log(`\nTemplate sync-crm-contacts, ${contacts} contacts, memory of n8n's process\n`);
console.log(textTable(HEADER, runs.map(cells)));
const needed = runs.filter(({ garbage }) => garbage === 'collected');
const worst = Math.max(...needed.map(({ growth }) => growth ?? 0));
console.log(`\nA run needs ${worst} MB more than n8n has before; the target is ${MOST_GROWTH} MB.`);
console.log('The same in test/output/bench.json.');
process.exit(worst < MOST_GROWTH ? 0 : 1);

function cells(run: SyncRun): string[] {
	return [
		run.readBy,
		run.garbage,
		run.run,
		run.created,
		run.unchanged,
		run.seconds,
		run.crmRequests,
		run.crmCredits,
		run.pbxRequests,
		run.memory.before ?? '?',
		run.memory.peak ?? '?',
		run.growth ?? '?',
		run.heap.before,
		run.heap.peak ?? '',
	].map(String);
}
