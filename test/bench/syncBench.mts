import { freePort } from '../e2e/stack/freePort.mts';
import { openInspector } from '../e2e/stack/inspector.mts';
import { startStack, type Stack } from '../e2e/stack/startStack.mts';
import { until } from '../e2e/stack/until.mts';
import { forgetPeak, memoryOf, type ProcessMemory } from './processMemory.mts';

export type ReadBy = 'bulkRead' | 'pages';

/** One run of the template sync-crm-contacts. */
export interface SyncRun {
	readBy: ReadBy;
	run: 'first load' | 'run again';
	contacts: number;
	created: number;
	unchanged: number;
	seconds: number;
	crmRequests: number;
	crmCredits: number;
	pbxRequests: number;
	/** Of n8n's process, after what could be collected was. */
	memoryBefore: ProcessMemory;
	memoryAfter: ProcessMemory;
	/** How much more memory the process had at most than before, MB; null where it is not known. */
	growth: number | null;
}

interface SyncReport {
	created: number;
	unchanged: number;
}

const LONGEST_RUN_MS = 3_600_000;

/** Starts a company with so many contacts and an empty phonebook, loads it, and runs the template again. */
export async function benchSync(
	readBy: ReadBy,
	contacts: number,
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
			tell(`${readBy}: ${run}`);
			runs.push({ readBy, run, contacts, ...(await measured(stack, id, inspectorPort)) });
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
): Promise<Omit<SyncRun, 'readBy' | 'run' | 'contacts'>> {
	const { client, n8n, pbx, zoho } = stack;
	const processId = n8n.processId ?? 0;
	const inspector = await openInspector(inspectorPort);
	await inspector.heapUsed();
	inspector.close();
	const memoryBefore = memoryOf(processId);
	forgetPeak(processId);
	const before = [zoho.requests.length, zoho.credits.used, pbx.requests.length];
	const startedAt = performance.now();
	await ended(stack, workflowId, await client.startManually(workflowId));
	const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
	const memoryAfter = memoryOf(processId);
	const [crmRequests, crmCredits, pbxRequests] = [
		zoho.requests.length,
		zoho.credits.used,
		pbx.requests.length,
	].map((count, index) => count - before[index]);
	const growth =
		memoryAfter.peak === null || memoryBefore.now === null
			? null
			: memoryAfter.peak - memoryBefore.now;
	const { created, unchanged } = (await client.readRows<SyncReport>('callbridge_syncs')).at(-1)!;
	return {
		created,
		unchanged,
		seconds,
		crmRequests,
		crmCredits,
		pbxRequests,
		memoryBefore,
		memoryAfter,
		growth,
	};
}

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
