import type { LoggedRequest } from '../../simulators/zoho/requestLog.mts';
import { inspectable, type Inspectable } from '../../e2e/stack/inspector.mts';
import { startStack, type Stack } from '../../e2e/stack/startStack.mts';
import { until } from '../../e2e/stack/until.mts';
import { secondsSince } from '../statistics.mts';
import { watchMemory, type MemoryGrowth } from './memoryWatch.mts';
import { openSeconds } from './openTime.mts';

/** One run of a workflow that brings the customers of the CRM into a phonebook of the PBX. */
export interface SyncRun {
	contacts: number;
	seconds: number;
	/** With a request to the PBX open. */
	secondsOfPbx: number;
	/** With a request to the CRM open. */
	secondsOfCrm: number;
	crmRequests: number;
	crmCredits: number;
	pbxRequests: number;
	/** Of these, what changes something on the PBX. */
	pbxWrites: number;
	growth: MemoryGrowth;
}

/** A company with customers in its CRM, and n8n so that its memory can be watched. */
export interface SyncCompany {
	stack: Stack;
	contacts: number;
	/** Runs a workflow by its manual trigger, and measures. @throws Error if it fails */
	run(workflowId: string): Promise<SyncRun>;
}

const LONGEST_RUN_MS = 1_800_000;

/** Starts a company with so many contacts and an empty PBX. */
export async function startSyncCompany(
	contacts: number,
	tell: (progress: string) => void,
): Promise<SyncCompany> {
	const inside = await inspectable();
	const stack = await startStack({
		tell,
		pbx: { model: 'P570' },
		n8n: { nodeArguments: inside.nodeArguments },
	});
	tell(`entering ${contacts} contacts into the CRM`);
	for (let serial = 0; serial < contacts; serial++) stack.zoho.insert('Contacts', contact(serial));
	return {
		stack,
		contacts,
		run: async (workflowId) => ({
			contacts,
			...(await measured(stack, workflowId, inside)),
		}),
	};
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

const WRITES = /^company_contact\/(?:create|update|delete)|^phonebook\/(?:create|update|delete)/;

async function measured(
	stack: Stack,
	workflowId: string,
	inside: Inspectable,
): Promise<Omit<SyncRun, 'contacts'>> {
	const { client, n8n, pbx, zoho } = stack;
	const inspector = await inside.open();
	try {
		const watch = await watchMemory(inspector, n8n.processId ?? 0);
		const [crmBefore, creditsBefore, pbxBefore] = [
			zoho.requests.length,
			zoho.credits.used,
			pbx.requests.length,
		];
		const start = performance.now();
		await ended(stack, workflowId, await client.startManually(workflowId));
		const seconds = secondsSince(start);
		const growth = await watch.stop();
		const toCrm: LoggedRequest[] = zoho.requests.slice(crmBefore);
		const toPbx = pbx.requests.slice(pbxBefore);
		return {
			seconds,
			secondsOfPbx: openSeconds(toPbx),
			secondsOfCrm: openSeconds(toCrm),
			crmRequests: toCrm.length,
			crmCredits: zoho.credits.used - creditsBefore,
			pbxRequests: toPbx.length,
			pbxWrites: toPbx.filter(({ path }) => WRITES.test(path)).length,
			growth,
		};
	} finally {
		inspector.close();
	}
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
		{ what: 'the synchronization to end', timeoutMs: LONGEST_RUN_MS, everyMs: 250 },
	);
	if (last === 'success') return;
	const { error } = await client.getExecution(executionId);
	throw new Error(
		`The synchronization ended with ${last}: ${error?.message ?? 'no reason is known'}`,
	);
}
