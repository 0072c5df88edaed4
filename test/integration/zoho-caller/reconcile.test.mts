import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runZoho, zohoCredential } from '../zoho/zohoNode.mts';
import { inboundCall, startCrm, type CrmUnderTest } from './crm.mts';

let crm: CrmUnderTest;
beforeEach(async () => {
	crm = await startCrm();
});
afterEach(async () => await crm.close());

const START = Date.parse('2026-03-04T08:15:00Z');
const secondsLater = (seconds: number) => new Date(START + seconds * 1_000);
/** As Yeastar > Call Record > Get Calls gives a time. */
const pbxTime = (seconds: number) => secondsLater(seconds).toISOString().replace('.000', '');
const zohoTime = (seconds: number) =>
	secondsLater(seconds).toISOString().replace('.000Z', '+00:00');

const aContact = () => crm.simulator.insert('Contacts', { Last_Name: 'Brunner' });

/** A log that nobody's workflow wrote. */
function insertLog(fields: IDataObject, seconds = 0): string {
	return crm.simulator.insert('Calls', {
		Subject: 'Call',
		Call_Type: 'Inbound',
		Call_Duration: '03:27',
		Call_Start_Time: zohoTime(seconds),
		...fields,
	});
}

/** The log as Call > Log writes it. */
async function log(call: IDataObject, contactId: string, parameters: INodeParameters = {}) {
	const record = { module: 'Contacts', id: contactId };
	const [{ log: written }] = await crm.run('call', 'log', parameters, {
		...call,
		match: { status: 'known', record },
	});
	const { id } = written as { id: string };
	return { id, ledger: { status: 'logged', logId: id, recordId: contactId } };
}

async function reconcile(items: IDataObject[], parameters: INodeParameters = {}) {
	const output = await crm.run('call', 'reconcile', parameters, ...items);
	return output.map(({ reconciliation }) => reconciliation as IDataObject);
}

/** Takes the record out of Zoho CRM, as a person would. */
async function remove(id: string) {
	const { access_token } = crm.simulator.issueToken();
	const answer = await fetch(`${crm.simulator.baseUrl}/crm/v8/Calls/${id}`, {
		method: 'DELETE',
		headers: { Authorization: `Zoho-oauthtoken ${access_token}` },
	});
	expect(answer.status).toBe(200);
}

const address = (id: string) => `https://crm.zoho.eu/crm/tab/Calls/${id}`;

it('finds a call that is logged once, and adds to the item', async () => {
	const call = inboundCall();
	const contact = aContact();
	const { id, ledger } = await log(call, contact);
	const item = { ...call, ...ledger };
	const [output] = await crm.run('call', 'reconcile', {}, item);
	expect(output).toEqual({
		...item,
		reconciliation: {
			finding: 'logged',
			logIds: [id],
			surplusLogIds: [],
			recordIds: [contact],
			explanation: 'The call is logged once.',
			urls: [address(id)],
		},
	});
	expect(BigInt(id)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
});

it('finds a log that somebody has deleted', async () => {
	const call = inboundCall();
	const { id, ledger } = await log(call, aContact());
	await remove(id);
	const [found] = await reconcile([{ ...call, ...ledger }]);
	expect(found).toMatchObject({ finding: 'deleted', logIds: [], urls: [] });
	expect(found.explanation).toContain(`${id} (${address(id)})`);
});

it('finds a log that somebody has copied, with the line of the call ID', async () => {
	const call = inboundCall();
	const contact = aContact();
	const { id, ledger } = await log(call, contact);
	const copy = insertLog({
		Who_Id: { id: contact },
		Description: crm.simulator.records('Calls')[0].Description as string,
	});
	const [found] = await reconcile([{ ...call, ...ledger }]);
	expect(found).toMatchObject({
		finding: 'twice',
		logIds: [id, copy],
		surplusLogIds: [copy],
		recordIds: [contact],
		urls: [address(id), address(copy)],
	});
	expect(found.explanation).toContain(
		`Delete ${copy} (${address(copy)}), which holds the same call ID`,
	);
});

it('finds a log that somebody has written by hand beside it', async () => {
	const call = inboundCall();
	const contact = aContact();
	const typed = insertLog({ Who_Id: { id: contact }, Description: 'Wants an offer' }, 45);
	const { id } = await log(call, contact);
	const [found] = await reconcile([call]);
	expect(found).toMatchObject({ finding: 'twice', logIds: [id, typed], surplusLogIds: [typed] });
	expect(found.explanation).toContain('which holds no call ID');
});

it('finds logs on a lead, by the other link', async () => {
	const call = inboundCall();
	const lead = crm.simulator.insert('Leads', { Last_Name: 'L', Company: 'L' });
	const link = { What_Id: { id: lead }, $se_module: 'Leads' };
	const id = insertLog({ ...link, Description: `Call ID: ${String(call.callId)}` });
	const typed = insertLog(link);
	const [found] = await reconcile([call]);
	expect(found).toMatchObject({ finding: 'twice', logIds: [id, typed], recordIds: [lead] });
});

it('accepts one log on each of several records', async () => {
	const call = inboundCall();
	const [one, other] = [aContact(), aContact()];
	const { id, ledger } = await log(call, one);
	const { id: second } = await log(call, other);
	const [found] = await reconcile([{ ...call, ...ledger }]);
	expect(found).toMatchObject({
		finding: 'logged',
		logIds: [id, second],
		surplusLogIds: [],
		recordIds: [one, other],
	});
});

it.each([
	['left out', 'leftOut'],
	['failed', 'failed'],
	['given up', 'failed'],
	['received', 'missing'],
	['', 'missing'],
])('a call without log that the ledger has as "%s" is %s', async (status, finding) => {
	const [found] = await reconcile([{ ...inboundCall(), status }]);
	expect(found).toMatchObject({ finding, logIds: [] });
});

it('reads the field of the organisation for the call ID', async () => {
	const call = inboundCall();
	const contact = aContact();
	const id = insertLog({ Who_Id: { id: contact }, PBX_Call_Id: call.callId });
	expect(await reconcile([call])).toMatchObject([{ finding: 'missing' }]);
	const options = { callIdField: 'PBX_Call_Id' };
	expect(await reconcile([call], { options })).toMatchObject([{ finding: 'logged', logIds: [id] }]);
	await expect(reconcile([call], { options: { callIdField: 'PBX_Id' } })).rejects.toThrow(
		/no field "PBX_Id" in Calls/,
	);
});

it('finds the log of a call for which the call records of the PBX have no ID', async () => {
	const call = inboundCall();
	const { id } = await log(call, aContact());
	const { number } = call.customer as { number: string };
	const startedAt = pbxTime(3);
	const unnamed = { ...call, startedAt, callId: `${startedAt}/${number}` };
	expect(await reconcile([unnamed])).toMatchObject([{ finding: 'logged', logIds: [id] }]);
	const other = { ...unnamed, customer: { number: '5503301', e164: null, name: null } };
	expect(await reconcile([other])).toMatchObject([{ finding: 'missing' }]);
});

describe('a whole day', () => {
	const CALLS = 2_300;
	const day = () =>
		Array.from({ length: CALLS }, (_, index) => inboundCall({ startedAt: pbxTime(index * 20) }));

	it('costs five credits', async () => {
		const contact = aContact();
		const calls = day();
		const logIds = calls.map(({ callId }, index) =>
			insertLog({ Who_Id: { id: contact }, Description: `Call ID: ${String(callId)}` }, index * 20),
		);
		const found = await reconcile(calls);
		expect(crm.creditsSpent()).toBe(5);
		expect(new Set(found.map(({ finding }) => finding))).toEqual(new Set(['logged']));
		expect(found.flatMap((each) => each.logIds)).toEqual(logIds);
	});

	it('is asked for in pages of 200 where Zoho CRM takes no more', async () => {
		const calls = day().slice(0, 450);
		for (const [index, { callId }] of calls.entries()) {
			insertLog({ Description: `Call ID: ${String(callId)}` }, index * 20);
		}
		crm.simulator.settings.mostCoqlRecords = 200;
		const found = await reconcile(calls);
		expect(found.filter(({ finding }) => finding === 'logged')).toHaveLength(450);
		// The refused query counts, too.
		expect(crm.creditsSpent()).toBe(2 + 3);
	});

	it('goes on after the end of a page, whatever was expected', async () => {
		const call = inboundCall();
		for (let index = 0; index < 1_500; index++) insertLog({ Description: 'Other' }, index % 60);
		const id = insertLog({ Description: `Call ID: ${String(call.callId)}` });
		expect(await reconcile([call])).toMatchObject([{ finding: 'logged', logIds: [id] }]);
		expect(crm.creditsSpent()).toBe(1 + 2 + 3);
	});
});

it('does not read what lies between calls that are far apart', async () => {
	const DAY = 86_400;
	const calls = Array.from({ length: 30 }, (_, day) =>
		inboundCall({ startedAt: pbxTime(day * DAY) }),
	);
	const contact = aContact();
	for (const [day, { callId }] of calls.entries()) {
		insertLog({ Who_Id: { id: contact }, Description: `Call ID: ${String(callId)}` }, day * DAY);
	}
	const found = await reconcile(calls);
	expect(found.map(({ finding }) => finding)).toEqual(calls.map(() => 'logged'));
	const [{ body }] = crm.simulator.requests.filter(({ path }) => path.endsWith('/coql'));
	const query = (body as { select_query: string }).select_query;
	expect(query.match(/between/g)).toHaveLength(10);
	expect(crm.creditsSpent()).toBe(1);
});

describe('what goes wrong', () => {
	it('stops at an item without a call, or goes on if the node is set to', async () => {
		await expect(reconcile([{ callId: '1' }])).rejects.toMatchObject({
			message: 'The item holds no call',
		});
		const { items } = await runZoho(
			crm.simulator,
			{ resource: 'call', operation: 'reconcile' },
			{
				items: [{ callId: '1' }, inboundCall({ startedAt: 'soon' }), inboundCall()],
				continueOnFail: true,
			},
		);
		expect(items.map(({ json }) => json.error ?? 'fine')).toEqual([
			'The item holds no call',
			'The item holds no call',
			'fine',
		]);
	});

	it.each([
		[' Logged ', 'deleted', 'although the ledger has it as logged'],
		['ignored', 'leftOut', 'a person has put "ignored" into the ledger'],
	])('takes what a person typed into the ledger: %j', async (status, finding, explanation) => {
		const [found] = await reconcile([{ ...inboundCall(), status }]);
		expect(found).toMatchObject({
			finding,
			explanation: expect.stringContaining(explanation) as string,
		});
	});

	it('asks once for all items, also when Zoho CRM refuses', async () => {
		const scopes = ['ZohoCRM.modules.ALL'];
		const credential = zohoCredential(crm.simulator, {
			oauthTokenData: crm.simulator.issueToken({ scopes }) as unknown as IDataObject,
		});
		const { items } = await runZoho(
			crm.simulator,
			{ resource: 'call', operation: 'reconcile' },
			{ items: [inboundCall(), inboundCall(), inboundCall()], continueOnFail: true, credential },
		);
		expect(items.map(({ json }) => json.error)).toEqual(
			Array(3).fill(expect.stringMatching(/scope that this needs: .*ZohoCRM\.coql\.READ/)),
		);
		const queries = crm.simulator.requests.filter(({ path }) => path.endsWith('/coql'));
		expect(queries).toHaveLength(1);
	});

	it('repeats a query after an outage', async () => {
		const call = inboundCall();
		await log(call, aContact());
		crm.simulator.faults.add({ kind: 'status', status: 503, match: /coql/ });
		expect(await reconcile([call])).toMatchObject([{ finding: 'logged' }]);
	});
});
