import type { IDataObject } from 'n8n-workflow';
import { callSubject } from '../../../nodes/Zoho/callLog/texts';
import type { Call } from '../../../nodes/call/Call';
import { callFrom, inboundCall, startCrm, type CrmUnderTest } from './crm.mts';

let crm: CrmUnderTest;
beforeEach(async () => {
	crm = await startCrm();
});
afterEach(async () => await crm.close());

const CALLS = /^POST \/crm\/v8\/Calls$/;

async function log(item: IDataObject, parameters: IDataObject = {}): Promise<IDataObject> {
	const [output] = await crm.run('call', 'log', parameters as never, item);
	return output;
}

/** The item with a caller as Find gives it. */
function onRecord(module: string, id: string, call = inboundCall(), more: IDataObject = {}) {
	return {
		...call,
		match: {
			status: 'known',
			number: (call.customer as IDataObject).e164,
			record: { module, id, ...more },
		},
	} as IDataObject;
}

const aContact = () => crm.simulator.insert('Contacts', { Last_Name: 'Brunner' });
const calls = () => crm.simulator.records('Calls');

const types: Array<[string, IDataObject, IDataObject]> = [
	[
		'inboundAnswered',
		{},
		{ Call_Type: 'Inbound', Call_Duration: '03:27', Call_Duration_in_seconds: 207 },
	],
	[
		'inboundMissed',
		{ callType: 'inboundMissed', result: 'missed', talkSeconds: 0 },
		{ Call_Type: 'Missed', Call_Duration: null },
	],
	[
		'inboundMissed (voicemail)',
		{ callType: 'inboundMissed', result: 'voicemail', talkSeconds: 0 },
		{ Call_Type: 'Missed', Call_Duration: null },
	],
	[
		'outboundAnswered',
		{ direction: 'outbound', callType: 'outboundAnswered' },
		{ Call_Type: 'Outbound', Call_Duration: '03:27', Outgoing_Call_Status: 'Completed' },
	],
	[
		'outboundUnanswered',
		{ direction: 'outbound', callType: 'outboundUnanswered', result: 'missed', talkSeconds: 0 },
		{ Call_Type: 'Outbound', Call_Duration: '00:01', Outgoing_Call_Status: 'Completed' },
	],
	[
		'inboundAnswered for no second',
		{ talkSeconds: 0 },
		{ Call_Type: 'Inbound', Call_Duration: '00:01' },
	],
	[
		'inboundAnswered for two hours',
		{ talkSeconds: 7507 },
		{ Call_Duration: '125:07', Call_Duration_in_seconds: 7507 },
	],
];
const places: Array<[string, IDataObject]> = [
	['Contacts', { Last_Name: 'Brunner' }],
	['Leads', { Last_Name: 'Brunner', Company: 'Brunner AG' }],
	['Accounts', { Account_Name: 'Brunner AG' }],
	['Sites', { Name: 'Roof' }],
];

describe.each(places)('on a record of %s', (module, fields) => {
	it.each(types)('%s is logged for one credit', async (_type, changes, expected) => {
		const id = crm.simulator.insert(module, fields);
		const item = onRecord(module, id, inboundCall(changes));
		const output = await log(item);
		expect(crm.creditsSpent()).toBe(1);
		const [call] = calls();
		const link = module === 'Contacts' ? 'Who_Id' : 'What_Id';
		expect(call).toMatchObject({
			...expected,
			Call_Start_Time: '2026-03-04T09:15:00+01:00',
			[link]: { id },
			Subject: callSubject(item as unknown as Call),
		});
		expect(output).toMatchObject({
			...item,
			log: {
				id: call.id,
				module,
				recordId: id,
				alreadyLogged: false,
				url: `https://crm.zoho.eu/crm/tab/Calls/${String(call.id)}`,
			},
		});
	});
});

describe('the texts', () => {
	it('are those of Yeastar, with what happened below', async () => {
		const call = callFrom('+8675526601234', {
			customer: { number: '5503301', e164: null, name: null },
		});
		await log(onRecord('Contacts', aContact(), call));
		expect(calls()[0]).toMatchObject({
			Subject: 'Inbound Completed - from <5503301> to Agent Name<2005>',
			Description: [
				'Time: 2026-03-04 08:15:00 (UTC)',
				'Type: Inbound, answered',
				'From: <5503301>',
				'To: Agent Name<2005>',
				'Number dialled: 80000001',
				'Talk time: 3:27 (rang for 0:12)',
				'Stages:',
				'1. Extension Agent Name 2005: answered after 0:12, talked for 3:27',
				'Recording: 20260304161500-1772612100.wav',
				`Call ID: ${String(call.callId)}`,
			].join('\n'),
		});
	});

	it('are the same when the parameter is left empty', async () => {
		for (const [, changes] of types) {
			const call = inboundCall(changes);
			const id = aContact();
			await log(onRecord('Contacts', id, call));
			await log(
				onRecord('Leads', crm.simulator.insert('Leads', { Last_Name: 'L', Company: 'L' }), call),
				{
					subject: '',
				},
			);
			const [byExpression, byFunction] = calls().slice(-2);
			expect(byFunction.Subject).toBe(byExpression.Subject);
		}
	});

	it('may be changed, and the line with the call ID stays', async () => {
		const call = inboundCall();
		await log(onRecord('Contacts', aContact(), call), {
			subject: '=Telefonat mit {{ $json.customer.number }}',
			description: 'Kurz',
		});
		expect(calls()[0]).toMatchObject({
			Subject: `Telefonat mit ${String((call.customer as IDataObject).number)}`,
			Description: `Kurz\nCall ID: ${String(call.callId)}`,
		});
	});
});

describe('the owner', () => {
	it.each([
		['the user of the extension', {}, 2],
		["the user with the agent's e-mail", { owner: 'agentEmail' }, 1],
		[
			'one user',
			{ owner: 'user', ownerUser: { __rl: true, mode: 'email', value: 'lina@example.ch' } },
			2,
		],
		['the connected user', { owner: 'connectedUser' }, 0],
	])('is %s', async (_who, parameters, index) => {
		const { users } = crm.simulator;
		const item = { ...onRecord('Contacts', aContact()), crmUserId: users[2].id };
		await log(item, parameters);
		expect(calls()[0].Owner).toMatchObject({ id: users[index].id });
	});

	it('is the connected user where nobody is bound, and the log says so', async () => {
		const output = await log(onRecord('Contacts', aContact()));
		expect(output.log).toMatchObject({
			ownerId: null,
			owner: 'No user is bound to the extension.',
		});
	});

	it('who has left is refused in plain words', async () => {
		const item = { ...onRecord('Contacts', aContact()), crmUserId: crm.simulator.users[3].id };
		await expect(log(item)).rejects.toMatchObject({
			message: 'Zoho CRM does not accept the owner of the call log',
		});
	});
});

describe('options', () => {
	it('put the recording, result and purpose into the log', async () => {
		await log(onRecord('Contacts', aContact()), {
			recordingLink: 'https://pbx.example/rec/1?sig=a',
			options: { result: 'Interested', purpose: 'Demo', callIdField: 'PBX_Call_Id' },
			additionalFields: { field: [{ name: 'Call_Agenda', value: 'Offer' }] },
		});
		expect(calls()[0]).toMatchObject({
			Voice_Recording__s: 'https://pbx.example/rec/1?sig=a',
			Call_Result: 'Interested',
			Call_Purpose: 'Demo',
			Call_Agenda: 'Offer',
			PBX_Call_Id: expect.stringMatching(/^1772612100\.\d+$/),
		});
	});

	it.each([
		['PBX_Call_ID', /no field "PBX_Call_ID" in Calls/],
		["x from Calls where id = '1'", /no field/],
		['id', /"id" .* no text field/],
		['$append_values', /no text field/],
		['Description', /no text field/],
	])('refuse %s as the field for the call ID', async (callIdField, message) => {
		const item = onRecord('Contacts', aContact());
		await expect(log(item, { options: { callIdField, lookFirst: true } })).rejects.toMatchObject({
			message: expect.stringMatching(message),
		});
		expect(calls()).toEqual([]);
	});

	it('read the fields of Calls once, to check the field for the call ID', async () => {
		const options = { callIdField: 'PBX_Call_Id' };
		await log(onRecord('Contacts', aContact()), { options });
		await log(onRecord('Contacts', aContact()), { options });
		expect(crm.creditsSpent()).toBe(3);
	});

	it('show the call on the account of the contact, too', async () => {
		const accountId = crm.simulator.insert('Accounts', { Account_Name: 'Brunner AG' });
		const contactId = crm.simulator.insert('Contacts', {
			Last_Name: 'Brunner',
			Account_Name: { id: accountId },
			Phone: '+8675526609999',
		});
		const [found] = await crm.run('caller', 'find', {}, callFrom('+8675526609999'));
		await log(found, { options: { alsoOnAccount: true } });
		expect(calls()[0]).toMatchObject({
			Who_Id: { id: contactId },
			What_Id: { id: accountId },
			$se_module: 'Accounts',
		});
	});

	it('decide about automations', async () => {
		await log(onRecord('Contacts', aContact()), { options: { automations: [] } });
		expect(crm.simulator.requests[0].body).toMatchObject({ trigger: [] });
	});
});

describe('a call is logged once', () => {
	it('when two executions do it at the same time', async () => {
		const item = onRecord('Contacts', aContact());
		const outputs = await Promise.all([log(item), log(item), log(item)]);
		expect(calls()).toHaveLength(1);
		const logs = outputs.map((output) => output.log as IDataObject);
		expect(logs.map(({ alreadyLogged }) => alreadyLogged).sort()).toEqual([false, true, true]);
		expect(new Set(logs.map(({ id }) => id)).size).toBe(1);
	});

	it('when it comes again later', async () => {
		const item = onRecord('Contacts', aContact());
		const first = await log(item);
		crm.creditsSpent();
		const second = await log(item);
		expect(crm.creditsSpent()).toBe(0);
		expect(second.log).toEqual({ ...(first.log as IDataObject), alreadyLogged: true });
	});

	it.each(['errorAfterCommit', 'dropAfterCommit', 'notJson'] as const)(
		'when the answer gets lost (%s)',
		async (kind) => {
			const item = onRecord('Contacts', aContact());
			crm.simulator.faults.add({ kind, match: CALLS });
			const output = await log(item);
			expect(calls()).toHaveLength(1);
			expect(output.log).toMatchObject({ id: calls()[0].id, alreadyLogged: false });
		},
	);

	it('also on a lead, and beside other calls of that second', async () => {
		const id = crm.simulator.insert('Leads', { Last_Name: 'L', Company: 'L' });
		await log(onRecord('Leads', id));
		crm.simulator.faults.add({ kind: 'dropAfterCommit', match: CALLS });
		const { log: second } = await log(onRecord('Leads', id));
		expect(calls()).toHaveLength(2);
		expect(second).toMatchObject({ id: calls()[1].id });
	});

	it.each([
		{ kind: 'drop' as const },
		{ kind: 'status' as const, status: 500 as const },
		{ kind: 'status' as const, status: 502 as const },
		{ kind: 'status' as const, status: 429 as const },
	])('when the request was not carried out ($kind $status)', async (fault) => {
		crm.simulator.faults.add({ ...fault, match: CALLS });
		await log(onRecord('Contacts', aContact()));
		expect(calls()).toHaveLength(1);
	});

	it('when n8n runs the node again after it gave up', async () => {
		const item = onRecord('Contacts', aContact());
		crm.simulator.faults.add({ kind: 'dropAfterCommit', match: CALLS });
		crm.simulator.faults.add({ kind: 'status', status: 401, times: 3, match: /coql/ });
		await expect(log(item)).rejects.toThrow();
		const output = await log(item);
		expect(calls()).toHaveLength(1);
		expect(output.log).toMatchObject({ id: calls()[0].id, alreadyLogged: true });
	});

	it('by another process, if the field for the call ID is unique', async () => {
		const item = onRecord('Contacts', aContact());
		const { recordId } = { recordId: ((item.match as IDataObject).record as IDataObject).id };
		const id = crm.simulator.insert('Calls', {
			Subject: 'x',
			Call_Type: 'Missed',
			Call_Start_Time: '2026-03-04T09:15:00+01:00',
			Who_Id: { id: recordId },
			PBX_Call_Id: item.callId,
		});
		const output = await log(item, { options: { callIdField: 'PBX_Call_Id' } });
		expect(output.log).toMatchObject({ id, module: 'Contacts', recordId, alreadyLogged: true });
		expect(output.logSkipped).toBeUndefined();
		expect(calls()).toHaveLength(1);
	});

	it.each([
		['if it is told to look first', {}, { lookFirst: true }],
		['if the trigger gives the call once more because a worker was lost', { attempt: 2 }, {}],
	])('by another process, %s', async (_when, more, options) => {
		const contact = aContact();
		const item: IDataObject = { ...onRecord('Contacts', contact), ...more };
		const id = crm.simulator.insert('Calls', {
			Subject: 'x',
			Call_Type: 'Inbound',
			Call_Duration: '03:27',
			Call_Start_Time: '2026-03-04T09:15:00+01:00',
			Who_Id: { id: contact },
			Description: `Something\nCall ID: ${String(item.callId)}`,
		});
		const output = await log(item, { options });
		expect(output.log).toMatchObject({ id, alreadyLogged: true });
		expect(crm.creditsSpent()).toBe(1);
	});

	it('and again, if somebody has deleted the log and the node is told to look first', async () => {
		const item = onRecord('Contacts', aContact());
		const first = await log(item);
		crm.simulator.reset();
		const contact = aContact();
		const again = onRecord('Contacts', contact, item);
		const second = await log(again, { options: { lookFirst: true } });
		expect(calls()).toHaveLength(1);
		expect(second.log).toMatchObject({ id: calls()[0].id, alreadyLogged: false });
		expect((second.log as IDataObject).recordId).toBe((first.log as IDataObject).recordId);
	});

	it('says on which record it is, if a unique field for the call ID allows no second one', async () => {
		const call = inboundCall();
		const options = { callIdField: 'PBX_Call_Id' };
		const [one, other] = [aContact(), aContact()];
		const lead = crm.simulator.insert('Leads', { Last_Name: 'L', Company: 'L' });
		const { log: written } = await log(onRecord('Leads', lead, call), { options });
		for (const contact of [one, one, other]) {
			const output = await log(onRecord('Contacts', contact, call), { options });
			expect(output.log).toMatchObject({
				id: (written as IDataObject).id,
				module: 'Leads',
				recordId: lead,
				alreadyLogged: true,
			});
			expect(output.logSkipped).toBe(
				`The log of this call is on another record, Leads ${lead}, and the unique field PBX_Call_Id allows no second one.`,
			);
		}
		expect(calls()).toHaveLength(1);
	});

	it('on each record, if several were found', async () => {
		const call = inboundCall();
		await log(onRecord('Contacts', aContact(), call));
		await log(onRecord('Contacts', aContact(), call));
		expect(calls()).toHaveLength(2);
	});
});

describe('a call is not logged', () => {
	it.each([
		['without Find', {}, /Caller > Find/],
		['of an unknown caller', { match: { status: 'unknown', record: null } }, /Log Without Record/],
		[
			'of a hidden caller',
			{ match: { status: 'skipped', record: null, choice: 'The caller hides the number.' } },
			/hides the number/,
		],
		['that still runs', { result: null }, /still running/],
		['in a dry run', { decision: { dryRun: true } }, /dry run/],
	])('%s', async (_which, changes, reason) => {
		const item = { ...inboundCall(), ...(changes as IDataObject) };
		const output = await log(item);
		expect(output).toMatchObject({ ...item, log: null });
		expect(output.logSkipped).toMatch(reason as RegExp);
		expect(crm.simulator.requests).toEqual([]);
	});

	it('but it may be, without a record', async () => {
		const unknown = { match: { status: 'unknown', record: null } };
		const { log: written } = await log(
			{ ...inboundCall(), ...unknown },
			{ logWithoutRecord: true },
		);
		expect(written).toMatchObject({ id: calls()[0].id, module: null, recordId: null });
		expect(calls()[0]).toMatchObject({ Who_Id: null, What_Id: null });
	});

	it('on a record that is gone, and the message says what to do', async () => {
		await expect(log(onRecord('Contacts', '554023000009999999'))).rejects.toMatchObject({
			message: expect.stringContaining('not in Zoho CRM any more'),
			description: expect.stringContaining('Caller > Find'),
		});
	});
});

it('a whole call costs two credits if the caller is known, and four if not', async () => {
	crm.simulator.insert('Contacts', { Last_Name: 'Brunner', Phone: '0755-2660 8888' });
	const [known] = await crm.run('caller', 'find', {}, callFrom('+8675526608888'));
	await log(known);
	expect(crm.creditsSpent()).toBe(2);

	const [unknown] = await crm.run('caller', 'find', {}, callFrom('+8675526607777'));
	const decision = { dryRun: false, createRecord: { as: 'lead', name: 'Neu' } };
	const [created] = await crm.run('caller', 'findOrCreate', {}, { ...unknown, decision });
	const { log: written } = await log(created);
	expect(crm.creditsSpent()).toBe(4);
	expect(written).toMatchObject({
		module: 'Leads',
		recordId: crm.simulator.records('Leads')[0].id,
	});
});

describe('update', () => {
	it('changes what is given', async () => {
		const item = await log(onRecord('Contacts', aContact()));
		const [output] = await crm.run(
			'call',
			'update',
			{
				updateFields: {
					subject: 'New',
					description: 'Text',
					recordingLink: 'https://pbx.example/2',
					result: 'Interested',
				},
				additionalFields: { field: [{ name: 'Call_Agenda', value: 'Offer' }] },
			},
			item,
		);
		expect(calls()[0]).toMatchObject({
			Subject: 'New',
			Description: 'Text',
			Voice_Recording__s: 'https://pbx.example/2',
			Call_Result: 'Interested',
			Call_Agenda: 'Offer',
			Call_Duration: '03:27',
		});
		expect(output.log).toMatchObject({ id: calls()[0].id, updated: { Subject: 'New' } });
	});

	it.each([
		['nothing to change', {}, /nothing to update/],
		['no ID', { callLogId: '', updateFields: { subject: 'x' } }, /./],
		['an unknown ID', { callLogId: '554023000009999999', updateFields: { subject: 'x' } }, /know/],
	])('refuses %s', async (_what, parameters, message) => {
		const item = { log: { id: '554023000001300001' } };
		await expect(crm.run('call', 'update', parameters as never, item)).rejects.toMatchObject({
			message: expect.stringMatching(message as RegExp),
		});
	});
});
