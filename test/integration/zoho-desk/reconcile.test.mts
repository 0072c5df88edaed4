import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DESK_SCOPES } from '../../../nodes/Zoho/transport/scopes';
import { ZohoDesk } from '../../../nodes/Zoho/ZohoDesk.node';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { runNode } from '../nodeContext.mts';
import { inboundCall } from '../zoho-caller/crm.mts';
import { connectDeskNode, deskCredential, type DeskNode } from './deskNode.mts';

let zoho: ZohoSimulator;
let desk: DeskNode;
let contactId: string;
let ticketId: string;

async function start(edition: 'ENTERPRISE' | 'FREE') {
	zoho = await startZohoSimulator({ desk: { edition, creditLimit: 100_000 } });
	desk = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
	contactId = aContact();
	ticketId = aTicket();
}
afterEach(async () => {
	await zoho.close();
});

const support = () => zoho.desk.departments[0].id;
const aContact = () => zoho.desk.insert('contacts', { lastName: 'Zhang', phone: '+8613800138000' });
const aTicket = (fields: IDataObject = {}) =>
	zoho.desk.insert('tickets', {
		contactId,
		departmentId: support(),
		subject: 'First',
		...fields,
	});

/** When the calls of a test start: so that what is written now was written after them. */
const START = Math.floor(Date.now() / 60_000) * 60_000 - 2 * 3_600_000;
const timeAt = (seconds: number) => new Date(START + seconds * 1_000).toISOString();
/** As Yeastar > Call Record > Get Calls gives it. */
const aCall = (seconds = 0, changes: IDataObject = {}) =>
	inboundCall({ startedAt: timeAt(seconds).replace('.000', ''), ...changes });

/** A log that nobody's workflow wrote. */
function insertLog(fields: IDataObject = {}, seconds = 0): string {
	return zoho.desk.insert('calls', {
		contactId,
		departmentId: support(),
		subject: 'Rang',
		startTime: timeAt(seconds),
		direction: 'inbound',
		duration: 207,
		status: 'Completed',
		...fields,
	});
}

const lineOf = ({ callId }: IDataObject) => `<div>Rang</div><br>Call ID: ${String(callId)}`;

/** The call with the row of the ledger that the template writes, logged as Call > Log does it. */
async function logged(call: IDataObject, changes: IDataObject = {}): Promise<IDataObject> {
	const record = { module: 'contacts', id: contactId, contactId };
	const [{ log }] = await desk.run(
		{ resource: 'call', operation: 'log', department: support() },
		{ ...call, match: { status: 'known', record }, ticket: { id: ticketId }, ...changes },
	);
	const { id } = log as { id: string };
	return { ...call, status: 'logged', logId: id, recordId: contactId, ticketId };
}

async function reconcile(items: IDataObject[], parameters: INodeParameters = {}) {
	const output = await desk.run(
		{ resource: 'call', operation: 'reconcile', ...parameters },
		...items,
	);
	return output.map(({ reconciliation }) => reconciliation as IDataObject);
}

const findings = async (...items: IDataObject[]) =>
	(await reconcile(items)).map(({ finding }) => finding);

const urlOf = (id: string) =>
	String(zoho.desk.records('calls').find((call) => call.id === id)?.webUrl);

describe('where Zoho Desk has calls', () => {
	beforeEach(async () => await start('ENTERPRISE'));

	it('finds calls that are logged once, and adds to the items, for three credits', async () => {
		const items = [await logged(aCall()), await logged(aCall(40)), await logged(aCall(4_000))];
		desk.creditsSpent();
		const output = await desk.run({ resource: 'call', operation: 'reconcile' }, ...items);
		expect(output).toEqual(
			items.map((item) => ({
				...item,
				reconciliation: {
					finding: 'logged',
					logIds: [item.logId],
					surplusLogIds: [],
					recordIds: [contactId],
					explanation: 'The call is logged once.',
					urls: [urlOf(String(item.logId))],
				},
			})),
		);
		expect(desk.creditsSpent()).toBe(3);
	});

	it('finds a log that somebody has deleted', async () => {
		const item = await logged(aCall());
		zoho.desk.remove('calls', String(item.logId));
		const [found] = await reconcile([item]);
		expect(found).toMatchObject({ finding: 'deleted', logIds: [], urls: [] });
		expect(found.explanation).toContain(
			`Zoho Desk has no log of the call, although the ledger has it as logged (${String(item.logId)} (on the ticket ${ticketId}))`,
		);
	});

	it('finds a log that somebody has copied, with the line of the call ID', async () => {
		const item = await logged(aCall());
		const { description } = zoho.desk.records('calls')[0];
		const copy = insertLog({ description: String(description) });
		const [found] = await reconcile([item]);
		expect(found).toMatchObject({
			finding: 'twice',
			logIds: [item.logId, copy],
			surplusLogIds: [copy],
			recordIds: [contactId],
			urls: [urlOf(String(item.logId)), urlOf(copy)],
		});
		expect(found.explanation).toContain(
			`Delete ${copy} (${urlOf(copy)}), which holds the same call ID`,
		);
	});

	it('finds a log that somebody has written by hand beside it', async () => {
		const typed = insertLog({ description: 'Wants an offer' }, 45);
		insertLog({ contactId: aContact() }, 45);
		insertLog({ direction: 'outbound' }, 45);
		const item = await logged(aCall());
		const [found] = await reconcile([item]);
		expect(found).toMatchObject({
			finding: 'twice',
			logIds: [item.logId, typed],
			surplusLogIds: [typed],
		});
		expect(found.explanation).toContain('which holds no call ID');
	});

	it('accepts one log for each of several contacts', async () => {
		const item = await logged(aCall());
		const other = aContact();
		const second = insertLog({ contactId: other, description: lineOf(item) });
		expect(await reconcile([item])).toMatchObject([
			{
				finding: 'logged',
				logIds: [item.logId, second],
				surplusLogIds: [],
				recordIds: [contactId, other],
			},
		]);
	});

	it.each([
		['left out', 'leftOut'],
		['failed', 'failed'],
		['given up', 'failed'],
		['received', 'missing'],
		['', 'missing'],
		['ignored', 'leftOut'],
	])('a call without log that the ledger has as "%s" is %s', async (status, finding) => {
		insertLog({ contactId: aContact() });
		expect(await reconcile([{ ...aCall(), status }])).toMatchObject([{ finding, logIds: [] }]);
	});

	it('finds the log of a call for which the call records of the PBX have no ID', async () => {
		const call = aCall();
		const { logId } = await logged(call);
		const { number } = call.customer as { number: string };
		const { startedAt } = aCall(3);
		const unnamed = { ...call, startedAt, callId: `${String(startedAt)}/${number}` };
		expect(await reconcile([unnamed])).toMatchObject([{ finding: 'logged', logIds: [logId] }]);
		const other = { ...unnamed, customer: { number: '5503301', e164: null, name: null } };
		expect(await findings(other)).toEqual(['missing']);
	});

	it('finds logs of all departments', async () => {
		const [, billing] = zoho.desk.departments;
		const call = aCall();
		insertLog({ departmentId: billing.id, description: lineOf(call) });
		expect(await findings(call)).toEqual(['logged']);
	});

	it('reads the list back to the first call and no further, for three credits per 50', async () => {
		for (let index = 0; index < 200; index++) {
			const day = new Date(START - 86_400_000 + index * 1_000).toISOString();
			insertLog({ createdTime: day }, -86_400);
		}
		const calls = Array.from({ length: 120 }, (_each, index) => aCall(index));
		const logIds = calls.map((call, index) =>
			insertLog({ description: lineOf(call), createdTime: timeAt(300 + index) }, index),
		);
		const found = await reconcile(calls);
		expect(found.flatMap((each) => each.logIds)).toEqual(logIds);
		// Calls that were created later, 50 of a page each; the third page reaches yesterday.
		expect(desk.creditsSpent()).toBe(9);
	});

	it('repeats a page that failed', async () => {
		const calls = Array.from({ length: 60 }, (_each, index) => aCall(index));
		calls.forEach((call, index) => insertLog({ description: lineOf(call) }, index));
		zoho.desk.faults.add({ kind: 'status', status: 503, match: /GET .*\/calls$/ });
		expect(new Set(await findings(...calls))).toEqual(new Set(['logged']));
		expect(desk.requests()).toEqual(['GET /calls', 'GET /calls', 'GET /calls']);
	});

	it('finds logs that became comments while the edition had no calls', async () => {
		const call = aCall();
		const comment = zoho.desk.insert('comments', {
			ticketId,
			content: `Rang\nCall ID: ${String(call.callId)}`,
			contentType: 'plainText',
		});
		const row = { status: 'logged', logId: comment, recordId: contactId, ticketId };
		const fine = await logged(aCall(600));
		desk.creditsSpent();
		expect(await findings({ ...call, ...row }, fine)).toEqual(['logged', 'logged']);
		expect(desk.creditsSpent()).toBe(6);
	});

	describe('with more than 5,000 calls since then', () => {
		beforeEach(() => {
			// Created long after the call, three a second.
			for (let index = 0; index < 5_300; index++) {
				insertLog({ createdTime: timeAt(600 + index / 3) }, 600);
			}
		});

		it('searches for the older ones', async () => {
			const calls = [aCall(), aCall(60)];
			for (const [index, call] of calls.entries()) {
				insertLog({ description: lineOf(call), createdTime: timeAt(300) }, index * 60);
			}
			expect(await findings(...calls, aCall(120))).toEqual(['logged', 'logged', 'missing']);
			expect(desk.requests().filter((each) => each === 'GET /calls')).toHaveLength(100);
		});

		it('says so where that search does not exist', async () => {
			zoho.desk.faults.add({ kind: 'status', status: 422, match: /\/calls\/search$/ });
			await expect(reconcile([aCall()])).rejects.toMatchObject({
				message: expect.stringMatching(
					/^More than 5,000 calls were created in Zoho Desk since 20/,
				) as string,
				description: expect.stringContaining('run every night') as string,
			});
		});
	});

	describe('whose lists leave descriptions out', () => {
		beforeEach(() => {
			zoho.desk.settings.briefCallLists = true;
		});

		it('reads none of the calls that the ledger knows', async () => {
			const items = [await logged(aCall()), await logged(aCall(5)), await logged(aCall(90))];
			insertLog({ contactId: aContact() }, 5);
			insertLog({ direction: 'outbound' }, 5);
			desk.creditsSpent();
			// The two of the same contact and minute are known, each from its own row.
			expect(await findings(...items)).toEqual(['logged', 'logged', 'logged']);
			expect(desk.creditsSpent()).toBe(3);
		});

		it('reads those that may be a second log, or the log of a call that the ledger lacks', async () => {
			const item = await logged(aCall());
			const copy = insertLog({ description: lineOf(item) }, 10);
			const lacking = aCall(600);
			const id = insertLog({ contactId: aContact(), description: lineOf(lacking) }, 602);
			desk.creditsSpent();
			expect(await reconcile([item, lacking, aCall(1_200)])).toMatchObject([
				{ finding: 'twice', logIds: [item.logId, copy], surplusLogIds: [copy] },
				{ finding: 'logged', logIds: [id] },
				{ finding: 'missing' },
			]);
			expect(desk.creditsSpent()).toBe(3 + 2);
		});

		it('goes on if one of them is deleted in that moment', async () => {
			const call = aCall();
			const id = insertLog({ description: lineOf(call) });
			zoho.desk.faults.add({
				kind: 'status',
				status: 422,
				errorCode: 'URL_NOT_FOUND',
				match: new RegExp(`/calls/${id}$`),
			});
			expect(await findings(call)).toEqual(['missing']);
		});
	});

	describe('what goes wrong', () => {
		it('stops at an item without a call, or goes on if the node is set to', async () => {
			await expect(reconcile([{ callId: '1' }])).rejects.toMatchObject({
				message: 'The item holds no call',
			});
			const { items } = await runDesk([{ callId: '1' }, aCall(0, { startedAt: 'soon' }), aCall()]);
			expect(items.map(({ json }) => json.error ?? 'fine')).toEqual([
				'The item holds no call',
				'The item holds no call',
				'fine',
			]);
		});

		it('asks once for all items, also when Zoho Desk refuses', async () => {
			const scopes = DESK_SCOPES.filter((scope) => !/calls|activities/.test(scope));
			const { items } = await runDesk([aCall(), aCall(), aCall()], {
				oauthTokenData: { ...zoho.issueToken({ scopes: [...scopes] }) },
			});
			expect(items.map(({ json }) => json.error)).toEqual(
				Array(3).fill(expect.stringMatching(/scope that this needs: .*Desk\.calls/)),
			);
			expect(desk.requests()).toEqual(['GET /calls']);
		});
	});
});

describe('where the edition has no calls', () => {
	beforeEach(async () => await start('FREE'));

	const comments = () => zoho.desk.records('comments');

	it('finds the comments of a ticket, for three credits', async () => {
		const items = [await logged(aCall()), await logged(aCall(600))];
		desk.creditsSpent();
		const [found, other] = await reconcile(items);
		expect(found).toEqual({
			finding: 'logged',
			logIds: [items[0].logId],
			surplusLogIds: [],
			recordIds: [ticketId],
			explanation: 'The call is logged once.',
			urls: [],
		});
		expect(other).toMatchObject({ finding: 'logged', logIds: [items[1].logId] });
		expect(desk.creditsSpent()).toBe(3);
	});

	it('asks for the module once, and not again', async () => {
		const item = { ...aCall(), status: 'left out' };
		expect(await findings(item)).toEqual(['leftOut']);
		expect(await findings(item)).toEqual(['leftOut']);
		expect(desk.requests()).toEqual(['GET /calls']);
	});

	it('finds a comment that somebody has deleted, and tickets that are gone', async () => {
		const [deleted, fine] = [await logged(aCall()), await logged(aCall(600))];
		zoho.desk.remove('comments', String(deleted.logId));
		const other = aTicket();
		const gone = await logged(aCall(1_200), { ticket: { id: other } });
		zoho.desk.remove('tickets', other);
		const found = await reconcile([deleted, fine, { ...gone, ticketId: other }]);
		expect(found.map(({ finding }) => finding)).toEqual(['deleted', 'logged', 'deleted']);
		expect(found[0].explanation).toContain(`${String(deleted.logId)} (on the ticket ${ticketId})`);
	});

	it('finds a comment that was written twice, and one from which the call ID was taken', async () => {
		const [copied, edited] = [await logged(aCall()), await logged(aCall(600))];
		const content = comments()[0].content;
		const copy = zoho.desk.insert('comments', { ticketId, content, contentType: 'plainText' });
		zoho.desk.insert('comments', { ticketId, content: 'Will call back', contentType: 'plainText' });
		const api = await desk.client();
		await api.client.write({
			method: 'PATCH',
			path: `/tickets/${ticketId}/comments/${String(edited.logId)}`,
			body: { content: 'Wants an offer' },
		});
		const found = await reconcile([copied, edited]);
		expect(found).toMatchObject([
			{ finding: 'twice', logIds: [copied.logId, copy], surplusLogIds: [copy] },
			{ finding: 'logged', logIds: [edited.logId] },
		]);
		expect(found[0].explanation).toContain(`Delete ${copy} (on the ticket ${ticketId})`);
		expect(found[1].explanation).toContain('somebody has taken the call ID out of it');
	});

	it('reads more than one page of comments, and not those from before the call', async () => {
		for (let index = 0; index < 120; index++) {
			zoho.desk.insert('comments', {
				ticketId,
				content: 'Old',
				createdTime: timeAt(-90_000 + index),
			});
		}
		const item = await logged(aCall());
		for (let index = 0; index < 60; index++) {
			zoho.desk.insert('comments', {
				ticketId,
				content: 'New',
				createdTime: timeAt(7_300 + index),
			});
		}
		desk.creditsSpent();
		expect(await findings(item)).toEqual(['logged']);
		expect(desk.creditsSpent()).toBe(9);
	});

	it('says what it could not check', async () => {
		const hidden = aTicket({ departmentId: zoho.desk.departments[1].id });
		const items = [
			{ ...aCall(), status: 'logged', logId: '431000001300009' },
			{ ...aCall(), status: 'logged', logId: '431000001300008', ticketId: '12' },
			{ ...aCall(), status: 'logged', ticketId: hidden },
			aCall(),
			await logged(aCall()),
		];
		const [, colleague] = zoho.users;
		const agent = zoho.desk.agents.find(({ zuid }) => zuid === colleague.zuid)!;
		agent.associatedDepartmentIds = [support()];
		const { items: output } = await runDesk(items, {
			oauthTokenData: {
				...zoho.issueToken({ scopes: [...DESK_SCOPES], userId: colleague.id }),
			},
		});
		const found = output.map(({ json }) => json.reconciliation as IDataObject);
		expect(found.map(({ finding }) => finding)).toEqual([
			'unchecked',
			'unchecked',
			'unchecked',
			'missing',
			'logged',
		]);
		const none = 'This edition of Zoho Desk has no calls, and the ledger names no ticket';
		expect(found.map(({ explanation }) => explanation)).toEqual([
			expect.stringMatching(
				`^The ledger has the call as logged \\(431000001300009\\), and nobody could look .*${none}`,
			),
			expect.stringContaining('"12", the ticket that the ledger names, is no ID of one.'),
			expect.stringContaining(
				`the connected agent may not see the ticket ${hidden} that the ledger names.`,
			),
			expect.stringMatching(`^Zoho Desk has no log of the call, .*${none}`),
			'The call is logged once.',
		]);
	});

	it('repeats a page of comments that failed', async () => {
		const item = await logged(aCall());
		desk.requests();
		zoho.desk.faults.add({ kind: 'drop', match: /GET .*\/comments$/ });
		expect(await findings(item)).toEqual(['logged']);
		expect(desk.requests()).toEqual(Array(2).fill(`GET /tickets/${ticketId}/comments`));
	});

	it('fails when Zoho Desk does, and calls nothing missing', async () => {
		const item = await logged(aCall());
		zoho.desk.faults.add({
			kind: 'status',
			status: 429,
			errorCode: 'THRESHOLD_EXCEEDED',
			times: 20,
			match: /GET .*\/comments$/,
		});
		await expect(reconcile([item])).rejects.toThrow(/credits of Zoho Desk .* used up/);
	});
});

/** With Continue on Fail. */
async function runDesk(items: IDataObject[], overrides: IDataObject = {}) {
	return await runNode(new ZohoDesk(), {
		parameters: { resource: 'call', operation: 'reconcile' },
		credentials: {
			callBridgeZohoOAuth2Api: deskCredential(zoho, { deskOrgId: zoho.desk.orgId, ...overrides }),
		},
		items,
		continueOnFail: true,
	});
}
