import { freePort } from '../../e2e/stack/freePort.mts';
import { openInspector, type Inspector } from '../../e2e/stack/inspector.mts';
import { startStack, type Stack } from '../../e2e/stack/startStack.mts';
import { until } from '../../e2e/stack/until.mts';
import { forgetPeak, memoryOf } from '../processMemory.mts';

export type ReadBy = 'bulkRead' | 'pages';

/**
 * `untouched`: n8n's process as it is, with all the garbage that Node has not found worth collecting, which is the more
 * the larger the machine is. `collected`: garbage is collected every three seconds, so that what is left is what a run needs.
 */
export type Garbage = 'untouched' | 'collected';

/** One run of the template sync-crm-contacts. */
export interface SyncRun {
	readBy: ReadBy;
	garbage: Garbage;
	run: 'first load' | 'run again';
	contacts: number;
	created: number;
	unchanged: number;
	seconds: number;
	crmRequests: number;
	crmCredits: number;
	pbxRequests: number;
	/** Of n8n's process, MB; null where it is not known. Before: after a garbage collection. */
	memory: { before: number | null; after: number | null; peak: number | null };
	/** How much more memory the process had at most than before, MB. */
	growth: number | null;
	/** On the heap of its main thread after garbage collections, MB. */
	heap: { before: number; peak: number | null };
}

interface SyncReport {
	created: number;
	unchanged: number;
}

const LONGEST_RUN_MS = 3_600_000;
const COLLECT_AGAIN_MS = 3_000;

/** Starts a company with so many contacts and an empty phonebook, loads it, and runs the template again. */
export async function benchSync(
	{ readBy, garbage, contacts }: Pick<SyncRun, 'readBy' | 'garbage' | 'contacts'>,
	tell: (progress: string) => void,
): Promise<SyncRun[]> {
	const inspectorPort = await freePort();
	const stack = await startStack({
		tell,
		pbx: { model: 'P570' },
		n8n: { nodeArguments: [`--inspect=127.0.0.1:${inspectorPort}`] },
	});
	try {
		const { client, credentials, zoho } = stack;
		tell(`entering ${contacts} contacts into the CRM`);
		for (let serial = 0; serial < contacts; serial++) zoho.insert('Contacts', contact(serial));
		const setup = await client.importTemplate('setup');
		await client.runManually(setup.id);
		const { id } = await client.importTemplate('sync-crm-contacts', {
			credentials,
			parameters: {
				'Get All Customers': { readBy },
				'Save All in Phonebook': { options: { defaultCountry: 'CN' } },
			},
		});
		const runs: SyncRun[] = [];
		for (const run of ['first load', 'run again'] as const) {
			tell(`${readBy}, garbage ${garbage}: ${run}`);
			const measurements = await measured(stack, id, inspectorPort, garbage);
			runs.push({ readBy, garbage, run, contacts, ...measurements });
		}
		return runs;
	} finally {
		await stack.stop();
	}
}

/** People as an importing company has them: a name, a mobile number and mostly an e-mail address. */
function contact(serial: number) {
	const digits = String(serial).padStart(8, '0');
	return {
		First_Name: 'Amina',
		Last_Name: `Otieno ${serial}`,
		Mobile: `138 ${digits.slice(0, 4)} ${digits.slice(4)}`,
		...(serial % 4 > 0 && { Email: `amina.otieno.${serial}@kilima.example` }),
	};
}

async function measured(
	stack: Stack,
	workflowId: string,
	inspectorPort: number,
	garbage: Garbage,
): Promise<Omit<SyncRun, 'readBy' | 'run' | 'contacts' | 'garbage'>> {
	const { client, n8n, pbx, zoho } = stack;
	const processId = n8n.processId ?? 0;
	const inspector = await openInspector(inspectorPort);
	const heapBefore = inMegabytes(await inspector.heapUsed());
	const before = memoryOf(processId).now;
	forgetPeak(processId);
	const watch = garbage === 'collected' ? collectGarbage(inspector) : null;
	const counts = () => [zoho.requests.length, zoho.credits.used, pbx.requests.length];
	const countsBefore = counts();
	const startedAt = performance.now();
	await ended(stack, workflowId, await client.startManually(workflowId));
	const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
	const heapPeak = (await watch?.stop()) ?? null;
	const { now: after, peak } = memoryOf(processId);
	inspector.close();
	const [crmRequests, crmCredits, pbxRequests] = counts().map(
		(count, index) => count - countsBefore[index],
	);
	const { created, unchanged } = (await client.readRows<SyncReport>('callbridge_syncs')).at(-1)!;
	return {
		created,
		unchanged,
		seconds,
		crmRequests,
		crmCredits,
		pbxRequests,
		memory: { before, after, peak },
		growth: peak === null || before === null ? null : peak - before,
		heap: { before: heapBefore, peak: heapPeak },
	};
}

/** Over and over again; `stop` gives the most that was left on the heap, MB. */
function collectGarbage(inspector: Inspector) {
	let most = 0;
	let isOver = false;
	const collecting = (async () => {
		while (!isOver) {
			most = Math.max(most, inMegabytes(await inspector.heapUsed()));
			await new Promise((resolve) => setTimeout(resolve, COLLECT_AGAIN_MS));
		}
	})();
	return {
		async stop() {
			isOver = true;
			await collecting;
			return most;
		},
	};
}

const inMegabytes = (bytes: number): number => Math.round(bytes / 1_000_000);

/** Looks at summaries only: n8n would have to take all items of the execution into its memory. */
async function ended({ client }: Stack, workflowId: string, executionId: string): Promise<void> {
	const summary = async () =>
		(await client.listExecutions({ workflowId })).find(({ id }) => id === executionId);
	const last = await until(
		async () => {
			const { status } = (await summary()) ?? { status: 'success' };
			return ['new', 'running'].includes(status) ? undefined : status;
		},
		{ what: 'the synchronization to end', timeoutMs: LONGEST_RUN_MS, everyMs: 500 },
	);
	if (last === 'success') return;
	const { error } = await client.getExecution(executionId);
	throw new Error(
		`The synchronization ended with ${last}: ${error?.message ?? 'no reason is known'}`,
	);
}
