import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { inboundCall } from '../zoho-caller/crm.mts';
import { mapped, runZoho, zohoCredential } from './zohoNode.mts';

let zoho: ZohoSimulator;
let credential: ICredentialDataDecryptedObject;
beforeEach(async () => {
	zoho = await startZohoSimulator();
	credential = zohoCredential(zoho);
});
afterEach(async () => {
	await zoho.close();
});

/** Nobody knows afterwards whether the request was carried out; it was. */
const LOST_ANSWERS = ['errorAfterCommit', 'dropAfterCommit', 'notJson'] as const;

let executions = 0;
beforeEach(() => {
	executions++;
});

/** Runs a node; with the same execution, as n8n does when it tries a node again. */
async function run(
	parameters: INodeParameters,
	items: IDataObject[] = [{}],
	execution = `execution of test ${executions}`,
) {
	const run = await runZoho(zoho, parameters, { credential, items, executionId: execution });
	return run.items.map(({ json }) => json);
}

/** Zoho cannot be asked what became of the request either. */
const refuseLookUps = () =>
	zoho.faults.add({ kind: 'status', status: 401, times: 9, match: /coql|^GET .*\/Notes$/ });

const aContact = () => zoho.insert('Contacts', { Last_Name: 'Brunner' });

/** The item with a caller as Find gives it. */
const ofCaller = (module: string, id: string, call: IDataObject = inboundCall()) => ({
	...call,
	match: { status: 'known', record: { module, id } },
});

describe('a task of a call', () => {
	const create = { resource: 'task', operation: 'create', subject: 'Call back' };
	const tasks = () => zoho.records('Tasks');
	const idOfTask = ({ task }: IDataObject) => (task as IDataObject).id;

	it.each(LOST_ANSWERS)('is created once when the answer gets lost: %s', async (kind) => {
		zoho.faults.add({ kind, match: /^POST .*Tasks$/ });
		const [{ task }] = await run(create, [ofCaller('Contacts', aContact())]);
		expect(tasks()).toHaveLength(1);
		expect(task).toMatchObject({ id: tasks()[0].id, alreadyCreated: false });
	});

	it.each([{ kind: 'drop' as const }, { kind: 'status' as const, status: 503 as const }])(
		'is created once when the request got lost: $kind',
		async (fault) => {
			zoho.faults.add({ ...fault, match: /^POST .*Tasks$/ });
			await run(create, [ofCaller('Contacts', aContact())]);
			expect(tasks()).toHaveLength(1);
		},
	);

	it.each([
		['a lead', () => ['Leads', zoho.insert('Leads', { Last_Name: 'L', Company: 'L' })]],
		['nobody', () => ['', '']],
	])('is found again on the record of %s', async (_whose, insert) => {
		const [module, id] = insert();
		const item = module ? ofCaller(module, id) : { ...inboundCall(), match: { record: null } };
		zoho.insert('Tasks', { Subject: 'Call back', Who_Id: { id: aContact() } });
		zoho.faults.add({ kind: 'dropAfterCommit', match: /^POST .*Tasks$/ });
		const [output] = await run(create, [item]);
		expect(tasks()).toHaveLength(2);
		expect(idOfTask(output)).toBe(tasks()[1].id);
	});

	it('is created once by all executions that have this call', async () => {
		const item = ofCaller('Contacts', aContact());
		const [first] = await run(create, [item]);
		const [second] = await run(create, [item], 'another execution');
		expect(tasks()).toHaveLength(1);
		expect(second.task).toEqual({ ...(first.task as IDataObject), alreadyCreated: true });
	});

	it('is looked for when n8n tries the node again', async () => {
		const item = ofCaller('Contacts', aContact());
		zoho.faults.add({ kind: 'dropAfterCommit', match: /^POST .*Tasks$/ });
		refuseLookUps();
		await expect(run(create, [item])).rejects.toMatchObject({
			message: expect.stringContaining('Nobody knows whether Zoho CRM has created the record'),
			description: expect.stringContaining('Look in Zoho CRM for "Call back" in Tasks'),
		});
		zoho.faults.clear();
		const [output] = await run(create, [item]);
		expect(tasks()).toHaveLength(1);
		expect(output.task).toMatchObject({ id: tasks()[0].id, alreadyCreated: true });
	});

	it('holds the line with the call ID below its description', async () => {
		const call = inboundCall();
		const contact = aContact();
		await run({ ...create, options: { description: 'Missed' } }, [
			ofCaller('Contacts', contact, call),
		]);
		await run({ ...create, subject: 'Other' }, [ofCaller('Contacts', contact, call)]);
		const line = `Call ID: ${String(call.callId)}`;
		expect(tasks().map(({ Description }) => Description)).toEqual([`Missed\n${line}`, line]);
	});

	it('is another one for another call, record or subject', async () => {
		const call = inboundCall();
		const contact = aContact();
		const item = ofCaller('Contacts', contact, call);
		await run(create, [
			item,
			ofCaller('Contacts', contact),
			ofCaller('Contacts', aContact(), call),
			{ ...item, pbxSerial: 'other' },
		]);
		await run({ ...create, subject: 'Send the offer' }, [item]);
		expect(tasks()).toHaveLength(5);
	});

	it('is not that of another call of the same customer', async () => {
		const contact = aContact();
		await run(create, [ofCaller('Contacts', contact)]);
		zoho.faults.add({ kind: 'dropAfterCommit', match: /^POST .*Tasks$/ });
		const [output] = await run(create, [ofCaller('Contacts', contact)]);
		expect(tasks()).toHaveLength(2);
		expect(idOfTask(output)).toBe(tasks()[1].id);
	});

	it('of an earlier process is found if the node is told to look first', async () => {
		const item = ofCaller('Contacts', aContact());
		const [first] = await run(create, [item]);
		credential = zohoCredential(zoho);
		const before = zoho.credits.used;
		const [output] = await run({ ...create, options: { lookFirst: true } }, [item]);
		expect(zoho.credits.used - before).toBe(1);
		expect(output.task).toMatchObject({ id: idOfTask(first), alreadyCreated: true });
		expect(tasks()).toHaveLength(1);
	});
});

interface Kind {
	module: string;
	parameters: () => INodeParameters;
	/** The id in the output. */
	idIn: (json: IDataObject) => unknown;
	title: string;
}

const related = (module: string, relatedId: string) =>
	({
		relatedTo: 'record',
		relatedModule: { __rl: true, mode: 'name', value: module },
		relatedId,
	}) as INodeParameters;

const kinds: Kind[] = [
	{
		module: 'Tasks',
		parameters: () => ({
			resource: 'task',
			operation: 'create',
			subject: "Nora's offer",
			...related('Contacts', aContact()),
		}),
		idIn: ({ task }) => (task as IDataObject).id,
		title: "Nora's offer",
	},
	{
		module: 'Tasks',
		parameters: () => ({
			resource: 'task',
			operation: 'create',
			subject: "Nora's offer",
			relatedTo: 'none',
		}),
		idIn: ({ task }) => (task as IDataObject).id,
		title: "Nora's offer",
	},
	{
		module: 'Notes',
		parameters: () => ({
			resource: 'note',
			operation: 'create',
			content: 'Asked for\nan offer.',
			...related('Contacts', aContact()),
		}),
		idIn: ({ note }) => (note as IDataObject).id,
		title: 'Asked for',
	},
	{
		module: 'Contacts',
		parameters: () => {
			const accountId = zoho.insert('Accounts', { Account_Name: 'Brunner AG' });
			return {
				resource: 'contact',
				operation: 'create',
				fields: mapped({
					Last_Name: "O'Brunner",
					Phone: '+41 44 555 01 23',
					Account_Name: accountId,
					Description: 'New\nhere',
				}),
			};
		},
		idIn: ({ id }) => id,
		title: "O'Brunner",
	},
	{
		module: 'Leads',
		parameters: () => ({
			resource: 'lead',
			operation: 'create',
			fields: mapped({ Last_Name: 'Brunner', Company: 'Acme' }),
		}),
		idIn: ({ id }) => id,
		title: 'Brunner',
	},
	{
		module: 'Accounts',
		parameters: () => ({
			resource: 'account',
			operation: 'create',
			fields: mapped({ Account_Name: 'Brunner AG' }),
		}),
		idIn: ({ id }) => id,
		title: 'Brunner AG',
	},
];

describe.each(kinds)(
	'a record of $module without a call',
	({ module, parameters, idIn, title }) => {
		const creating = new RegExp(`^POST /crm/v8/${module}$`);
		let create: INodeParameters;
		let before: number;
		beforeEach(() => {
			create = parameters();
			before = zoho.records(module).length;
		});
		const created = () => zoho.records(module).slice(before);

		it.each(LOST_ANSWERS)('is created once when the answer gets lost: %s', async (kind) => {
			zoho.faults.add({ kind, match: creating });
			const [output] = await run(create);
			expect(created()).toHaveLength(1);
			expect(idIn(output)).toBe(created()[0].id);
		});

		it('is created when the request got lost', async () => {
			zoho.faults.add({ kind: 'drop', match: creating });
			await run(create);
			expect(created()).toHaveLength(1);
		});

		it('is created for each of two items that want the same', async () => {
			await run(create, [{}]);
			zoho.faults.add({ kind: 'dropAfterCommit', match: creating });
			const [first, second] = await run(create, [{}, {}]);
			expect(created().map(({ id }) => id)).toEqual([idIn(first), idIn(second)]);
		});

		it('is created once however often n8n tries the node, and again by the next execution', async () => {
			const [first] = await run(create, [{}]);
			expect(idIn((await run(create, [{}]))[0])).toBe(idIn(first));
			expect(created()).toHaveLength(1);
			await run(create, [{}], 'the next execution');
			expect(created()).toHaveLength(2);
		});

		it('is said to be there maybe when nobody can look, and is looked for in the next try', async () => {
			zoho.faults.add({ kind: 'dropAfterCommit', match: creating });
			refuseLookUps();
			await expect(run(create)).rejects.toMatchObject({
				message: expect.stringContaining('Nobody knows whether Zoho CRM has created the record'),
				description: expect.stringContaining(`Look in Zoho CRM for "${title}`),
			});
			zoho.faults.clear();
			const [output] = await run(create);
			expect(created()).toHaveLength(1);
			expect(idIn(output)).toBe(created()[0].id);
		});
	},
);
