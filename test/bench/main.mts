/** The benchmark behind `npm run bench`. Started by test/tools/bench.mjs once everything is installed and built. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { textTable } from '../demo/textTable.mts';
import { outputFolder } from '../e2e/stack/packPackage.mts';
import { benchSync, type ReadBy, type SyncRun } from './syncBench.mts';

const CONTACTS = 50_000;
/** What n8n's process may grow by, MB. */
const MOST_GROWTH = 200;

const HEADER = [
	'read by',
	'run',
	'created',
	'unchanged',
	'seconds',
	'CRM requests',
	'CRM credits',
	'PBX requests',
	'MB before',
	'MB after',
	'MB peak',
	'MB more',
];

const tell = (progress: string) => console.log(`  ${progress} …`);
const contacts = Number(process.argv[2] ?? CONTACTS);
const ways: ReadBy[] = ['bulkRead', 'pages'];

const runs: SyncRun[] = [];
for (const readBy of ways) runs.push(...(await benchSync(readBy, contacts, tell)));
writeFileSync(join(outputFolder, 'bench.json'), `${JSON.stringify({ runs }, null, '\t')}\n`);

console.log(`\nTemplate sync-crm-contacts, ${contacts} contacts, memory of n8n's process\n`);
console.log(textTable(HEADER, runs.map(cells)));
const worst = Math.max(...runs.map(({ growth }) => growth ?? 0));
console.log(`\nAt most ${worst} MB more than before; the target is ${MOST_GROWTH} MB.`);
console.log('The same in test/output/bench.json.');
process.exit(worst < MOST_GROWTH ? 0 : 1);

function cells(run: SyncRun): string[] {
	const { memoryBefore, memoryAfter } = run;
	return [
		run.readBy,
		run.run,
		run.created,
		run.unchanged,
		run.seconds,
		run.crmRequests,
		run.crmCredits,
		run.pbxRequests,
		memoryBefore.now ?? '?',
		memoryAfter.now ?? '?',
		memoryAfter.peak ?? '?',
		run.growth ?? '?',
	].map(String);
}
