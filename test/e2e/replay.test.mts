import { crmNodes, startCallStack, type CallStack, type LedgerRow } from './callTemplates.mts';
import { userOfExtension } from './stack/staff.mts';
import { withValues } from './stack/assignments.mts';
import { until } from './stack/until.mts';

let stack: CallStack;
let replayId: string;
let contactId: string;
const FROM = '075526601234';
const AGENT = '1004';
const LEDGER = 'callbridge_ledger';
const MOST_ATTEMPTS = 3;

beforeAll(async () => {
	stack = await startCallStack();
	const impatient = { waitBetweenTries: 200 };
	await stack.changeNodes(Object.fromEntries(crmNodes().map((name) => [name, impatient])));
	contactId = stack.zoho.insert('Contacts', { Last_Name: 'Li', Phone: FROM });
	const { id } = await stack.client.importTemplate('replay-failed', {
		parameters: {
			'Set Limits': withValues('replay-failed', 'Set Limits', {
				maxAttempts: MOST_ATTEMPTS,
				pauseMinutes: 0,
			}),
		},
	});
	replayId = id;
});
afterAll(async () => await stack?.stop());
afterEach(() => {
	stack.zoho.faults.clear();
	agentsUser().status = 'active';
});

const agentsUser = () => userOfExtension(stack.zoho, stack.pbx.company, AGENT);
const logsOf = (callId: string) =>
	stack.zoho
		.records('Calls')
		.filter(({ Description }) => String(Description).includes(`Call ID: ${callId}`));

async function rowOf(callId: string): Promise<LedgerRow> {
	const rows = await stack.client.readRows<LedgerRow>(LEDGER, { callId });
	expect(rows).toHaveLength(1);
	return rows[0];
}

async function replay() {
	const execution = await stack.client.runManually(replayId);
	expect(execution).toMatchObject({ status: 'success', error: null });
	return execution;
}

/** Zoho CRM refuses a log in the name of a user who has left. */
async function failedCall(): Promise<LedgerRow> {
	agentsUser().status = 'inactive';
	const { callId } = await stack.pbx.place({
		kind: 'inboundToExtension',
		from: FROM,
		extension: AGENT,
	});
	const [row] = await stack.ledgerOf(callId);
	return row;
}

describe('a call that Zoho CRM refuses', () => {
	it('is in the ledger with the reason, and logged once when the cause is gone', async () => {
		const failed = await failedCall();
		expect(failed).toMatchObject({
			status: 'failed',
			reason: expect.stringMatching(/does not accept the owner of the call log/) as string,
		});
		expect(JSON.parse(String(failed.call))).toMatchObject({ callId: failed.callId });

		await replay();
		expect(await rowOf(failed.callId)).toMatchObject({ status: 'failed', attempts: 1 });
		expect(logsOf(failed.callId)).toEqual([]);

		agentsUser().status = 'active';
		await replay();
		const row = await rowOf(failed.callId);
		const [log, ...others] = logsOf(failed.callId);
		expect(others).toEqual([]);
		expect(log).toMatchObject({ Who_Id: { id: contactId }, Owner: { id: agentsUser().id } });
		expect(row).toMatchObject({ status: 'logged', logId: log.id, attempts: 2, call: '' });

		const again = await replay();
		expect(again.itemsOf('Keep Calls That Are Due')).toEqual([]);
		expect(logsOf(failed.callId)).toHaveLength(1);
	});

	it('is given up after the last try, with word to somebody, and tried again by hand', async () => {
		const { callId } = await failedCall();
		for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
			const execution = await replay();
			expect(execution.ran).not.toContain('Tell Somebody');
			expect(await rowOf(callId)).toMatchObject({ status: 'failed', attempts: attempt });
		}
		const last = await replay();
		expect(last.itemsOf('Tell Somebody')).toMatchObject([
			{
				callId,
				status: 'given up',
				reason: expect.stringMatching(/owner of the call log/) as string,
			},
		]);
		// The user stays away, so somebody else gets the extension.
		const successor = userOfExtension(stack.zoho, stack.pbx.company, '1005');
		await stack.client.updateRows(
			'callbridge_extensions',
			{ extension: AGENT },
			{ crmUserId: successor.id },
		);
		await replay();
		expect(await rowOf(callId)).toMatchObject({ status: 'logged' });
		expect(logsOf(callId)).toMatchObject([{ Owner: { id: successor.id } }]);
		await stack.client.updateRows(
			'callbridge_extensions',
			{ extension: AGENT },
			{ crmUserId: agentsUser().id },
		);
	});

	it('is told of once, not at each try', async () => {
		const { callId } = await failedCall();
		await replay();
		const { settings } = await stack.client.getWorkflow(stack.workflowId);
		const runs = await until(
			async () => {
				const ended = await stack.client.listExecutions({
					workflowId: String(settings?.errorWorkflow),
					status: ['success', 'error'],
				});
				const all = await Promise.all(ended.map(({ id }) => stack.client.getExecution(id)));
				const about = all.filter((run) => JSON.stringify(run.allItems()).includes(callId));
				return about.length >= 2 ? about : undefined;
			},
			{ what: 'the error workflow to run for the first try and for the second' },
		);
		expect(runs.filter(({ ran }) => ran.includes('Tell Somebody'))).toHaveLength(1);
		agentsUser().status = 'active';
		await replay();
		expect(logsOf(callId)).toHaveLength(1);
	});
});

describe('calls that are being logged when n8n is killed', () => {
	it('are found unfinished in the ledger, and each logged once', async () => {
		const slow = { kind: 'slow' as const, delayMs: 4_000, match: /^POST .*\/Calls$/, times: 5 };
		stack.zoho.faults.add(slow);
		// Calls of one customer are dealt with one after the other.
		const customers = Array.from({ length: 10 }, (_, serial) => `07552661${1000 + serial}`);
		for (const Phone of customers) stack.zoho.insert('Contacts', { Last_Name: 'Otieno', Phone });
		const placed = await Promise.all(
			customers.map(async (from) =>
				stack.pbx.place({ kind: 'inboundToExtension', from, extension: AGENT }),
			),
		);
		const callIds = placed.map(({ callId }) => callId);
		const statuses = async () => {
			const rows = await stack.client.readRows<LedgerRow>(LEDGER);
			return rows.filter(({ callId }) => callIds.includes(callId)).map(({ status }) => status);
		};
		await until(async () => (await statuses()).length === 10, { what: '10 calls in the ledger' });
		// Five requests are with Zoho CRM, which carries them out although n8n will not hear of it.
		await until(() => stack.zoho.faults.pending.length === 0, { what: '5 calls to wait for Zoho' });
		await stack.n8n.kill('SIGKILL');
		await until(() => callIds.filter((id) => logsOf(id).length > 0).length >= 5, {
			what: 'Zoho CRM to have written the logs that n8n did not hear of',
		});
		await stack.n8n.restart();
		await stack.client.logIn();
		expect(await statuses()).toContain('received');
		await replay();
		expect(await statuses()).toEqual(Array.from({ length: 10 }, () => 'logged'));
		expect(callIds.map((id) => logsOf(id).length)).toEqual(callIds.map(() => 1));
	});
});
