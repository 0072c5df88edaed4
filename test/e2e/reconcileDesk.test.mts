import { COUNTRY } from './callTemplates.mts';
import { deskCallWorkflow, pastCallsWorkflow } from './deskCallWorkflow.mts';
import { withValues } from './stack/assignments.mts';
import { startStack, type Stack } from './stack/startStack.mts';

let stack: Stack;
let workflowId: string;
/** Hands all past calls to the workflow that logs them. */
let pastCallsId: string;
const FROM = '075526601234';
const LEDGER = 'callbridge_ledger';
const FINDINGS = 'callbridge_findings';
const REPORTS = 'callbridge_reports';
const DESK = { system: 'Zoho Desk' };
const CRM = { system: 'Zoho CRM' };

/** A call whose log is in Zoho Desk as the ledger says. */
let fine: string;
/** Its log was deleted by a person. */
let deleted: string;
/** Its log was copied by a person, with the line that holds the call ID. */
let copied: string;
/** A person has logged it as well, by hand. */
let loggedByHand: string;
/** No trace of it anywhere but in the PBX. */
let lost: string;

const logsOf = (callId: string) =>
	stack.zoho.desk
		.records('calls')
		.filter(({ description }) => String(description).includes(`Call ID: ${callId}`));

async function run(id: string) {
	const execution = await stack.client.runManually(id);
	expect(execution).toMatchObject({ status: 'success', error: null });
	return execution;
}

async function reconcile() {
	const execution = await run(workflowId);
	const [report] = execution.itemsOf('Build Report');
	return { execution, report };
}

/** `from` and `to` include the calls of this moment, which a real run leaves alone. */
const PERIOD = withValues('reconcile-desk-calls', 'Set Period', {
	from: '={{ $today.minus({ days: 1 }).toISO() }}',
	to: '={{ $now.plus({ hours: 1 }).toISO() }}',
});

beforeAll(async () => {
	stack = await startStack();
	const { pbx, zoho, client, credentials } = stack;
	const { desk } = zoho;
	desk.insert('contacts', { lastName: 'Li', phone: FROM });
	const began = Math.floor(Date.now() / 1_000) - 2 * 3_600;
	// Ten minutes apart: a log without an ID belongs to the call of its minute.
	let startedAt = began;
	const place = async () => {
		startedAt += 600;
		const { callId } = await pbx.place({ kind: 'inboundToExtension', from: FROM, startedAt });
		return callId;
	};
	await pbx.place({ kind: 'internal', startedAt });
	[fine, deleted, copied] = [await place(), await place(), await place()];
	[loggedByHand, lost] = [await place(), await place()];

	await run((await client.importTemplate('setup')).id);
	const calls = await client.importWorkflow(deskCallWorkflow(desk.departments[0].id), {
		credentials,
	});
	await client.publish(calls.id);
	const since = new Date(began * 1_000).toISOString();
	({ id: pastCallsId } = await client.importWorkflow(pastCallsWorkflow(calls.id, since, COUNTRY), {
		credentials,
	}));
	await run(pastCallsId);
	expect(desk.records('calls')).toHaveLength(5);

	for (const callId of [deleted, lost]) desk.remove('calls', String(logsOf(callId)[0].id));
	const rewritable = ['subject', 'direction', 'startTime', 'status', 'contactId', 'departmentId'];
	const copyOf = (callId: string) => {
		const [log] = logsOf(callId);
		const fields = Object.fromEntries(rewritable.map((field) => [field, log[field]]));
		return { ...fields, duration: Number(log.duration), description: String(log.description) };
	};
	desk.insert('calls', copyOf(copied));
	desk.insert('calls', { ...copyOf(loggedByHand), subject: 'Rang me', description: 'All well' });
	await client.deleteRows(LEDGER, { callId: lost });

	await client.insertRows(FINDINGS, [
		{ finding: 'deleted', callId: 'of the CRM', startedAt: new Date().toISOString(), ...CRM },
	]);
	await client.insertRows(REPORTS, [
		{ summary: 'of the CRM', periodTo: new Date().toISOString(), ...CRM },
	]);

	({ id: workflowId } = await client.importTemplate('reconcile-desk-calls', {
		credentials,
		parameters: { 'Set Period': PERIOD, 'Get Calls': { country: COUNTRY } },
	}));
});
afterAll(async () => await stack?.stop());

it('says what is missing, deleted and there twice, and logs what is missing', async () => {
	const { execution, report } = await reconcile();
	expect(report).toMatchObject({
		summary: '6 calls, 4 logged, 2 twice, 1 left out by rule, 1 logged late, 1 deleted by somebody',
		calls: 6,
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
	expect(logsOf(fine)).toHaveLength(1);
	expect(logsOf(lost)).toHaveLength(1);
	expect(await stack.client.readRows(LEDGER, { callId: lost })).toMatchObject([
		{ status: 'logged', logId: logsOf(lost)[0].id, ...DESK },
	]);
	expect(logsOf(deleted)).toEqual([]);
});

it('keeps the report in a table, and says which logs it means', async () => {
	const { client, zoho } = stack;
	expect(await client.readRows(REPORTS, DESK)).toMatchObject([{ calls: 6, twice: 2, repaired: 1 }]);
	const findings = await client.readRows<Record<string, string>>(FINDINGS, DESK);
	expect(findings).toHaveLength(3);
	const about = (callId: string) => findings.find((row) => row.callId === callId);
	const [kept, copy] = logsOf(copied);
	expect(about(copied)?.explanation).toContain(`Delete ${String(copy.id)}`);
	expect(about(copied)?.explanation).not.toContain(`Delete ${String(kept.id)}`);
	expect(about(copied)?.logs).toBe(`${String(kept.webUrl)} ${String(copy.webUrl)}`);
	const byHand = zoho.desk.records('calls').find(({ subject }) => subject === 'Rang me');
	expect(about(loggedByHand)?.explanation).toContain(`Delete ${String(byHand?.id)}`);
	expect(about(deleted)).toMatchObject({ finding: 'deleted', customerNumber: FROM });
});

it('finds nothing to repair the second time, and leaves what is about the CRM alone', async () => {
	const { report } = await reconcile();
	expect(report.summary).toBe(
		'6 calls, 4 logged, 2 twice, 1 left out by rule, 1 deleted by somebody',
	);
	const { client } = stack;
	expect(await client.readRows(FINDINGS, DESK)).toHaveLength(3);
	expect(await client.readRows(REPORTS, DESK)).toHaveLength(2);
	expect(await client.readRows(FINDINGS, CRM)).toHaveLength(1);
	expect(await client.readRows(REPORTS, CRM)).toHaveLength(1);
});

it('looks at the comments of the tickets where the edition has no calls', async () => {
	const { client, zoho } = stack;
	const { desk } = zoho;
	desk.state.edition = 'FREE';
	await client.deleteRows(LEDGER, DESK);
	await run(pastCallsId);
	const rowOf = async (callId: string) => {
		const [row] = await client.readRows<Record<string, string>>(LEDGER, { callId });
		return row;
	};
	const { logId, ticketId } = await rowOf(copied);
	const comment = desk.records('comments').find(({ id }) => id === logId);
	const { content, contentType } = comment!;
	desk.insert('comments', { ticketId, content, contentType });
	desk.remove('comments', (await rowOf(deleted)).logId);
	await client.updateRows(LEDGER, { callId: fine }, { ticketId: null });

	const { report } = await reconcile();
	expect(report.summary).toBe(
		'6 calls, 3 logged, 1 twice, 1 left out by rule, 1 deleted by somebody, 1 not checked',
	);
	const findings = await client.readRows<Record<string, string>>(FINDINGS, DESK);
	expect(findings.map(({ callId, finding }) => [callId, finding]).sort()).toEqual(
		[
			[deleted, 'deleted'],
			[copied, 'twice'],
			[fine, 'unchecked'],
		].sort(),
	);
	const about = (callId: string) => findings.find((row) => row.callId === callId)?.explanation;
	expect(about(copied)).toContain(`(on the ticket ${ticketId})`);
	expect(about(fine)).toContain('the ledger names no ticket');
});
