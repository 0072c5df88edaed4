import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPbxSimulator, type PbxSimulator } from '../simulators/yeastar/pbxSimulator.mts';
import type { Fault } from '../simulators/zoho/limits/faults.mts';
import { startZohoSimulator, type ZohoSimulator } from '../simulators/zoho/zohoSimulator.mts';
import { crmNodes, startCallStack, type CallStack, type LedgerRow } from './callTemplates.mts';
import { yeastarFields } from './stack/connectVendors.mts';
import type { SavedCredential } from './stack/credentials.mts';
import type { Execution } from './stack/executions.mts';
import { freePort } from './stack/freePort.mts';
import { until } from './stack/until.mts';
import { publicationOf, triggerWorkflow } from './triggerWorkflow.mts';

let stack: CallStack;
let zohoCredential: SavedCredential;
let contactId: string;
const FROM = '075526601234';
const TRIGGER = 'When a Call Ends';
const opened: Array<{ close(): Promise<void> }> = [];

beforeAll(async () => {
	stack = await startCallStack({ n8n: { env: { N8N_LOG_LEVEL: 'debug' } } });
	zohoCredential = stack.credentials.find(({ type }) => type.includes('Zoho')) as SavedCredential;
	const impatient = { waitBetweenTries: 200, maxTries: 2 };
	await stack.changeNodes({
		...Object.fromEntries(crmNodes().map((name) => [name, impatient])),
		[TRIGGER]: { parameters: { options: { settleSeconds: 0.5 } } },
	});
	contactId = stack.zoho.insert('Contacts', { Last_Name: 'Li', Phone: FROM });
});
afterAll(async () => {
	await stack?.stop();
	for (const each of opened) await each.close();
});

describe('publishing', () => {
	const cases: Array<{
		wrong: string;
		fields?: Partial<ReturnType<typeof yeastarFields>>;
		faults?: Partial<PbxSimulator['faults']>;
		says: RegExp;
		logins: number;
	}> = [
		{
			wrong: 'a wrong client secret',
			fields: { clientSecret: 'mistyped' },
			says: /does not accept the Client ID and Client Secret\. Copy both again/,
			logins: 1,
		},
		{
			wrong: 'the API switched off',
			faults: { apiOff: true },
			says: /The API of the PBX is switched off\. In the PBX portal, open Integrations > API/,
			logins: 5,
		},
		{
			wrong: 'the address of n8n blocked',
			faults: { ipBlocked: true },
			says: /has blocked the IP address of n8n .* Blocked IPs/,
			logins: 1,
		},
		{
			wrong: 'all token slots taken',
			faults: { noTokenSlot: true },
			says: /All 8 access tokens of this Client ID are in use\. Wait up to 30 minutes/,
			logins: 1,
		},
		{
			wrong: 'event connections refused',
			faults: { refuseWebSocket: true },
			says: /accepts the login but not the event connection .* Check that API access/,
			logins: 5,
		},
	];
	const published = new Map<string, { id: string; pbx: PbxSimulator }>();
	let withoutPbx: string;

	async function publishWith(fields: ReturnType<typeof yeastarFields>): Promise<string> {
		const { client } = stack;
		const credential = await client.createCredential('yeastarApi', 'PBX', fields);
		const { id } = await client.importWorkflow(triggerWorkflow(), { credentials: [credential] });
		await client.publish(id);
		return id;
	}

	beforeAll(async () => {
		for (const { wrong, fields, faults } of cases) {
			const pbx = await startPbxSimulator();
			opened.push(pbx);
			Object.assign(pbx.faults, faults);
			const id = await publishWith({ ...yeastarFields(pbx), ...fields });
			published.set(wrong, { id, pbx });
		}
		const nobody = `http://127.0.0.1:${await freePort()}`;
		withoutPbx = await publishWith({ ...yeastarFields(stack.pbx), baseUrl: nobody });
	});

	it.each(cases)('tells about $wrong', async ({ wrong, says, logins }) => {
		const { id, pbx } = published.get(wrong) as { id: string; pbx: PbxSimulator };
		const { status, message } = await publicationOf(stack.client, id);
		expect(status).toBe('failed');
		expect(message).toMatch(says);
		const asked = pbx.requests.filter(({ path }) => path.endsWith('get_token'));
		expect(asked).toHaveLength(logins);
		expect(pbx.tokens).toBe(0);
	});

	it('tells about a PBX that is not there', async () => {
		const { status, message } = await publicationOf(stack.client, withoutPbx);
		expect(status).toBe('failed');
		expect(message).toMatch(
			/Yeastar PBX cannot be reached at 127\.0\.0\.1:\d+\. Check the address/,
		);
	});
});

/** Calls once and gives what became of it everywhere. */
async function callFrom(from: string) {
	const { zoho, pbx, client, workflowId } = stack;
	const requestsBefore = zoho.requests.length;
	const before = { logs: zoho.records('Calls').length, leads: zoho.records('Leads').length };
	const { callId } = await pbx.place({ kind: 'inboundToExtension', from, talkSeconds: 20 });
	const [row] = await stack.ledgerOf(callId);
	const execution = await client.waitForExecution(String(row.execution));
	expect(execution.workflowId).toBe(workflowId);
	return {
		callId,
		row,
		execution,
		logs: zoho.records('Calls').slice(before.logs),
		leads: zoho.records('Leads').slice(before.leads),
		requests: zoho.requests.slice(requestsBefore).map(({ method, path }) => `${method} ${path}`),
	};
}

const renewals = (requests: string[]) =>
	requests.filter((each) => each === 'POST /oauth/v2/token').length;

/** The call is kept whole, the reason is one that people understand, and the error workflow has run. */
async function expectFailed(
	{ callId, execution }: { callId: string; execution: { status: string } },
	row: LedgerRow,
	reason: RegExp,
): Promise<void> {
	expect(row).toMatchObject({ status: 'failed', reason: expect.stringMatching(reason) as string });
	expect(JSON.parse(String(row.call))).toMatchObject({
		callId,
		direction: 'inbound',
		customer: { e164: expect.stringMatching(/^\+86/) as string },
	});
	expect(execution.status).toBe('error');
	const [told] = await until(async () => await errorRunsAbout(callId), {
		what: 'the error workflow to run',
	});
	expect(told.mode).toBe('error');
	expect(told.itemsOf('Set Call and Reason')).toMatchObject([
		{ call: { callId }, reason: expect.stringMatching(reason) as string },
	]);
}

async function errorRunsAbout(callId: string): Promise<Execution[] | undefined> {
	const { client, workflowId } = stack;
	const { settings } = await client.getWorkflow(workflowId);
	const ended = await client.listExecutions({
		workflowId: String(settings?.errorWorkflow),
		status: ['success'],
	});
	const runs = await Promise.all(ended.map(({ id }) => client.getExecution(id)));
	const found = runs.filter((run) => JSON.stringify(run.allItems()).includes(callId));
	return found.length > 0 ? found : undefined;
}

describe('Zoho', () => {
	afterEach(() => stack.zoho.faults.clear());

	it('an expired token is renewed once, the call logged once', async () => {
		stack.zoho.expireAccessTokens();
		const { row, logs, requests, execution } = await callFrom(FROM);
		expect(row).toMatchObject({ status: 'logged', recordId: contactId });
		expect(execution.status).toBe('success');
		expect(logs).toHaveLength(1);
		expect(renewals(requests)).toBe(1);
	});

	it.each<[string, Fault]>([
		['a good token is refused once when the call is logged', { kind: 'status', status: 401 }],
		['too many requests', { kind: 'status', status: 429 }],
		['a page of the load balancer', { kind: 'status', status: 503 }],
		['a body that is no JSON, after the call was logged', { kind: 'notJson' }],
		['an internal error, after the call was logged', { kind: 'errorAfterCommit' }],
		['a lost connection, after the call was logged', { kind: 'dropAfterCommit' }],
		['a lost connection before', { kind: 'drop' }],
	])('%s: one log', async (_what, fault) => {
		stack.zoho.faults.add({ ...fault, match: /^POST .*\/Calls$/ });
		const { row, logs, execution, requests } = await callFrom(FROM);
		expect(stack.zoho.faults.pending).toEqual([]);
		expect(row).toMatchObject({ status: 'logged', recordId: contactId, logId: logs[0]?.id });
		expect(logs).toHaveLength(1);
		expect(execution.status).toBe('success');
		expect(renewals(requests)).toBe(0);
	});

	it.each<[string, Fault]>([
		['too many requests', { kind: 'status', status: 429 }],
		['a page of the load balancer', { kind: 'status', status: 502 }],
		['a body that is no JSON', { kind: 'notJson' }],
		['a lost connection', { kind: 'drop' }],
	])('%s while the caller is looked up: asked again', async (_what, fault) => {
		stack.zoho.faults.add({ ...fault, match: /composite/ });
		const { row, logs } = await callFrom(FROM);
		expect(stack.zoho.faults.pending).toEqual([]);
		expect(row).toMatchObject({ status: 'logged', recordId: contactId });
		expect(logs).toHaveLength(1);
	});

	it.each<[string, Fault['kind'], string]>([
		['an internal error', 'errorAfterCommit', '13800138001'],
		['a lost connection', 'dropAfterCommit', '13800138002'],
		['a body that is no JSON', 'notJson', '13800138003'],
	])('%s after lead and log were written: one lead, one log', async (_what, kind, from) => {
		stack.zoho.faults.add({ kind, match: /^POST .*\/Leads$/ });
		stack.zoho.faults.add({ kind, match: /^POST .*\/Calls$/ });
		const { row, logs, leads } = await callFrom(from);
		expect(stack.zoho.faults.pending).toEqual([]);
		expect(leads).toHaveLength(1);
		expect(logs).toMatchObject([{ What_Id: { id: leads[0].id } }]);
		expect(row).toMatchObject({ status: 'logged', module: 'Leads', recordId: leads[0].id });
	});

	it('the log cannot be written: the lead stays one when the next call comes', async () => {
		stack.zoho.faults.add({ kind: 'status', status: 503, match: /^POST .*\/Calls$/, times: 99 });
		const first = await callFrom('13800138004');
		await expectFailed(first, first.row, /not working properly .* Try again in a few minutes/);
		expect(first.logs).toEqual([]);
		expect(first.leads).toHaveLength(1);
		stack.zoho.faults.clear();
		const second = await callFrom('13800138004');
		expect(second.leads).toEqual([]);
		expect(second.logs).toMatchObject([{ What_Id: { id: first.leads[0].id } }]);
	});

	it('Zoho is down for good: the call is kept for later, nothing is half done', async () => {
		stack.zoho.faults.add({ kind: 'status', status: 503, times: 999 });
		const failed = await callFrom('13800138005');
		await expectFailed(failed, failed.row, /not working properly .* \(HTTP 503\)/);
		expect([...failed.logs, ...failed.leads]).toEqual([]);
	});

	it('a credential of another data centre: says so', async () => {
		const other: ZohoSimulator = await startZohoSimulator({ location: 'us', idPrefix: '100000' });
		opened.push(other);
		const { client, zoho } = stack;
		await client.updateCredential(zohoCredential, { crmApiUrl: other.baseUrl });
		const failed = await callFrom(FROM);
		await client.updateCredential(zohoCredential, { crmApiUrl: zoho.baseUrl });
		await expectFailed(
			failed,
			failed.row,
			/does not accept the token .* data centre .* connect it/,
		);
		expect(other.records('Calls')).toEqual([]);
	});

	it('a revoked connection: says so, and all is well once it is connected again', async () => {
		stack.zoho.revoke();
		const failed = await callFrom(FROM);
		await expectFailed(failed, failed.row, /does not accept the token .* connect it again/);
		expect(renewals(failed.requests)).toBeLessThanOrEqual(2);
		await stack.client.connectCredential(zohoCredential);
		const { row, logs } = await callFrom(FROM);
		expect(row).toMatchObject({ status: 'logged', recordId: contactId });
		expect(logs).toHaveLength(1);
	});
});

describe('n8n starts while the PBX is away', () => {
	it('connects by itself when the PBX is back, and logs the call made meanwhile', async () => {
		const { n8n, pbx, zoho } = stack;
		const logsBefore = zoho.records('Calls').length;
		await n8n.kill();
		await pbx.close();
		const closedAt = Math.floor(Date.now() / 1_000);
		await n8n.restart();
		await until(() => /cannot be reached at/.test(n8n.log().slice(-20_000)), {
			what: 'n8n to notice that the PBX is away',
		});
		const back = await startPbxSimulator({ port: Number(new URL(pbx.baseUrl).port) });
		opened.push(back);
		const { callId } = back.placeSilently({
			kind: 'inboundToExtension',
			from: FROM,
			startedAt: closedAt,
			ringSeconds: 1,
			talkSeconds: 2,
		});
		const [row] = await stack.ledgerOf(callId);
		expect(row).toMatchObject({ status: 'logged', recordId: contactId });
		expect(zoho.records('Calls').slice(logsBefore)).toHaveLength(1);
	});

	it('does not keep another workflow from being published afterwards', async () => {
		const { client, credentials } = stack;
		const { id } = await client.importWorkflow(triggerWorkflow(), { credentials });
		await client.publish(id);
		expect(await publicationOf(client, id)).toEqual({ status: 'published', message: null });
	});
});

describe('after all that', () => {
	it('no secret and no token is in what n8n keeps and prints', () => {
		const { n8n, pbx, zoho } = stack;
		const database = ['database.sqlite', 'database.sqlite-wal']
			.map((name) => join(n8n.userFolder, '.n8n', name))
			.filter((file) => existsSync(file))
			.map((file) => readFileSync(file, 'latin1'))
			.join();
		const printed = n8n.log();
		// The search would find them: executions and ledger are readable there.
		expect(database.includes(FROM)).toBe(true);
		expect(database.includes('does not accept the token of this credential')).toBe(true);
		expect(printed.includes('Copy both again from Integrations')).toBe(true);
		for (const text of [database, printed]) {
			for (const secret of [pbx.clientSecret, zoho.clientSecret])
				expect(text.includes(secret)).toBe(false);
			expect(/access_token=[\w-]{8}/.test(text)).toBe(false);
			expect(/1000\.[0-9a-f]{32}\.[0-9a-f]{32}/.test(text)).toBe(false);
		}
	});
});
