import { connect } from '../simulators/zoho/plainClient.mts';
import { COUNTRY, startCallStack, type CallStack, type LedgerRow } from './callTemplates.mts';
import { withValues } from './stack/assignments.mts';
import { readTemplate } from './stack/workflows.mts';

let stack: CallStack;
let workflowId: string;
const FROM = '075526601234';
const LEDGER = 'callbridge_ledger';
const FINDINGS = 'callbridge_findings';
const REPORTS = 'callbridge_reports';

/** Calls whose logs are in the CRM as the ledger says. */
let fine: string[];
let internal: string;
/** Its log was deleted by a person. */
let deleted: string;
/** Its log was copied by a person, with the line that holds the call ID. */
let copied: string;
/** A person has logged it as well, by hand. */
let loggedByHand: string;
/** No trace of it anywhere but in the PBX. */
let lost: string;

const logsOf = (callId: string) =>
	stack.zoho
		.records('Calls')
		.filter(({ Description }) => String(Description).includes(`Call ID: ${callId}`));

/** `from` and `to` include the calls of this moment, which a real run leaves alone. */
function settings({ logDeletedAgain = false } = {}) {
	return {
		'Set Period': withValues('reconcile-calls', 'Set Period', {
			from: '={{ $today.minus({ days: 1 }).toISO() }}',
			to: '={{ $now.plus({ hours: 1 }).toISO() }}',
			logDeletedAgain,
		}),
		'Get Calls': { country: COUNTRY },
	};
}

async function reconcile() {
	const execution = await stack.client.runManually(workflowId);
	expect(execution).toMatchObject({ status: 'success', error: null });
	const [report] = execution.itemsOf('Build Report');
	return { execution, report };
}

beforeAll(async () => {
	stack = await startCallStack();
	const { pbx, zoho, client, credentials } = stack;
	zoho.insert('Contacts', { Last_Name: 'Li', Phone: FROM });
	// Ten minutes apart: a log without an ID belongs to the call of its minute.
	let startedAt = Math.floor(Date.now() / 1_000) - 2 * 3_600;
	const place = async () => {
		startedAt += 600;
		const { callId } = await pbx.place({ kind: 'inboundToExtension', from: FROM, startedAt });
		return callId;
	};
	internal = (await pbx.place({ kind: 'internal' })).callId;
	fine = [await place(), await place(), await place()];
	[deleted, copied, loggedByHand, lost] = [
		await place(),
		await place(),
		await place(),
		await place(),
	];
	await stack.ledgerOf(internal, ...fine, deleted, copied, loggedByHand, lost);

	const api = connect(zoho);
	for (const callId of [deleted, lost]) {
		const { status } = await api('DELETE', `/Calls/${String(logsOf(callId)[0].id)}`);
		expect(status).toBe(200);
	}
	const rewritable = [
		'Subject',
		'Call_Type',
		'Call_Start_Time',
		'Call_Duration',
		'Who_Id',
		'Description',
	];
	const copyOf = (callId: string) => {
		const [log] = logsOf(callId);
		return Object.fromEntries(rewritable.map((field) => [field, log[field]]));
	};
	zoho.insert('Calls', copyOf(copied));
	zoho.insert('Calls', { ...copyOf(loggedByHand), Subject: 'Rang me', Description: 'All well' });
	await client.deleteRows(LEDGER, { callId: lost });

	({ id: workflowId } = await client.importTemplate('reconcile-calls', {
		credentials,
		parameters: settings(),
	}));
});
afterAll(async () => await stack?.stop());

it('says what is missing, deleted and there twice, and logs what is missing', async () => {
	const { execution, report } = await reconcile();
	expect(report).toMatchObject({
		summary: '8 calls, 6 logged, 2 twice, 1 left out by rule, 1 logged late, 1 deleted by somebody',
		calls: 8,
		missing: 0,
		failed: 0,
	});
	const told = execution.itemsOf<{ callId: string; finding: string }>('Tell Somebody');
	expect(told.map(({ callId, finding }) => [callId, finding]).sort()).toEqual(
		[
			[deleted, 'deleted'],
			[copied, 'twice'],
			[loggedByHand, 'twice'],
		].sort(),
	);
	expect(logsOf(lost)).toHaveLength(1);
	expect(await stack.client.readRows<LedgerRow>(LEDGER, { callId: lost })).toMatchObject([
		{
			status: 'logged',
			logId: logsOf(lost)[0].id,
			startedAt: expect.any(String) as string,
			direction: 'inbound',
			result: 'answered',
			customerNumber: FROM,
			extension: expect.stringMatching(/^\d+$/) as string,
			execution: expect.stringMatching(/^\d+$/) as string,
		},
	]);
	expect(logsOf(deleted)).toEqual([]);
});

it('keeps the report in a table, and says which logs it means', async () => {
	const { client, zoho } = stack;
	expect(await client.readRows(REPORTS)).toMatchObject([{ calls: 8, twice: 2, repaired: 1 }]);
	const findings = await client.readRows<Record<string, string>>(FINDINGS);
	expect(findings).toHaveLength(3);
	const about = (callId: string) => findings.find((row) => row.callId === callId);
	const [kept, copy] = logsOf(copied).map(({ id }) => String(id));
	expect(about(copied)?.explanation).toContain(`Delete ${copy}`);
	expect(about(copied)?.explanation).not.toContain(`Delete ${kept}`);
	const byHand = zoho.records('Calls').find(({ Subject }) => Subject === 'Rang me');
	expect(about(loggedByHand)?.explanation).toContain(`Delete ${String(byHand?.id)}`);
	expect(about(deleted)).toMatchObject({ finding: 'deleted', customerNumber: FROM });
});

it('finds nothing to repair the second time, and does not report twice', async () => {
	const { report } = await reconcile();
	expect(report.summary).toBe(
		'8 calls, 6 logged, 2 twice, 1 left out by rule, 1 deleted by somebody',
	);
	expect(await stack.client.readRows(FINDINGS)).toHaveLength(3);
	expect(await stack.client.readRows(REPORTS)).toHaveLength(2);
});

it('writes a deleted log again when it is told to', async () => {
	await stack.client.updateWorkflow(workflowId, {
		nodes: { 'Set Period': { parameters: settings({ logDeletedAgain: true })['Set Period'] } },
	});
	const { report } = await reconcile();
	expect(report.summary).toBe('8 calls, 7 logged, 2 twice, 1 left out by rule, 1 logged late');
	expect(logsOf(deleted)).toHaveLength(1);
});

it('reports a period without calls, too, and goes back no further than the ledger', async () => {
	const asImported = readTemplate('reconcile-calls').nodes.find(
		({ name }) => name === 'Set Period',
	);
	await stack.client.updateWorkflow(workflowId, {
		nodes: { 'Set Period': { parameters: asImported?.parameters } },
	});
	const { report } = await reconcile();
	expect(report.summary).toBe('0 calls, 0 logged, 0 twice, 0 left out by rule');
});
