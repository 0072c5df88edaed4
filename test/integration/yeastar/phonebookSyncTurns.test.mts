import { startPbxSimulator, type PbxSimulator } from '../../simulators/yeastar/pbxSimulator.mts';
import {
	aContact,
	contactOf,
	gone,
	marks,
	synchronized,
	writesSince,
} from './phonebookCustomers.mts';

let pbx: PbxSimulator;
beforeEach(async () => {
	pbx = await startPbxSimulator({ deletesMembers: true });
});
afterEach(async () => await pbx.close());

const changesOnly = { mode: 'changesOnly' };
const readsSince = (from: number) =>
	pbx.requests
		.slice(from)
		.filter(({ path }) => /^(company_contact|phonebook)\/list$|^system\//.test(path)).length;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe('several runs at the same time', () => {
	it('that all want the same new customers create each once', async () => {
		const everybody = [1, 2, 3].map((id) => aContact(id));
		await Promise.all(
			Array.from({ length: 10 }, async () => await synchronized(pbx, everybody, changesOnly)),
		);
		expect(marks(pbx)).toEqual({ contacts: 3, customers: 3 });
		expect(pbx.phonebooks).toHaveLength(1);
	});

	it('a whole run and changes: what was changed last is there', async () => {
		await synchronized(pbx, [aContact(1), aContact(2)]);
		const whole = synchronized(pbx, [aContact(1), aContact(2), aContact(3)]);
		const change = synchronized(pbx, [aContact(2, { company: 'Neu' })], changesOnly);
		await Promise.all([whole, change]);
		expect(contactOf(pbx, 'Zoho CRM Contacts 2')).toMatchObject({ company: 'Neu' });
		expect(marks(pbx)).toEqual({ contacts: 3, customers: 3 });
	});
});

describe('a swarm of changes', () => {
	it('reads the PBX once, and each change costs one write', async () => {
		await synchronized(
			pbx,
			[1, 2, 3].map((id) => aContact(id)),
		);
		const before = pbx.requests.length;
		const rounds = [
			[aContact(1, { company: 'Neu' })],
			[aContact(4)],
			[aContact(4, { email: 'amina@kilima.example' })],
			[gone(aContact(2))],
			[aContact(4, { email: 'amina@kilima.example' })],
			[gone(aContact(4))],
		];
		for (const customers of rounds) await synchronized(pbx, customers, changesOnly);
		expect(readsSince(before)).toBe(3);
		expect(writesSince(pbx, before)).toEqual([
			'company_contact/update',
			'company_contact/create',
			'company_contact/update',
			'company_contact/delete',
			'company_contact/delete',
		]);
		const after = pbx.requests.length;
		expect(await synchronized(pbx, [aContact(1, { company: 'Neu' }), aContact(3)])).toMatchObject({
			unchanged: 2,
		});
		expect(writesSince(pbx, after)).toEqual([]);
	});

	it('goes on where somebody has deleted a contact by hand meanwhile', async () => {
		await synchronized(pbx, [aContact(1)], changesOnly);
		pbx.contacts.length = 0;
		expect(await synchronized(pbx, [aContact(1, { company: 'Neu' })], changesOnly)).toMatchObject({
			created: 1,
			failed: [],
		});
		expect(contactOf(pbx, 'Zoho CRM Contacts 1')).toMatchObject({ company: 'Neu' });
	});

	it('is read anew after a failure', async () => {
		await synchronized(pbx, [aContact(1)], changesOnly);
		pbx.faults.answers = [
			{ kind: 'errcode', errcode: 40002, path: 'company_contact/update', times: 1 },
		];
		await synchronized(pbx, [aContact(1, { company: 'Neu' })], changesOnly);
		const before = pbx.requests.length;
		await synchronized(pbx, [aContact(1, { company: 'Neu' })], changesOnly);
		expect(readsSince(before)).toBe(3);
	});
});

describe('a whole run whose customers were read before the last changes', () => {
	const read = minutesAgo(10);
	const since = minutesAgo(5);

	it('does not put back what was changed since', async () => {
		await synchronized(pbx, [aContact(1, { modifiedAt: read })]);
		await synchronized(pbx, [aContact(1, { company: 'Neu', modifiedAt: since })], changesOnly);
		expect(await synchronized(pbx, [aContact(1, { modifiedAt: read })])).toMatchObject({
			updated: 0,
			unchanged: 1,
		});
		expect(contactOf(pbx, 'Zoho CRM Contacts 1')).toMatchObject({ company: 'Neu' });
		await synchronized(pbx, [aContact(1, { company: 'Neuer', modifiedAt: minutesAgo(1) })]);
		expect(contactOf(pbx, 'Zoho CRM Contacts 1')).toMatchObject({ company: 'Neuer' });
	});

	it('does not delete who has come since, but who is missing for long', async () => {
		const old = aContact(1, { modifiedAt: read });
		await synchronized(pbx, [old]);
		await synchronized(pbx, [aContact(2, { modifiedAt: since })], changesOnly);
		await synchronized(pbx, [aContact(3, { modifiedAt: minutesAgo(300) })], changesOnly);
		expect(await synchronized(pbx, [old])).toMatchObject({ deleted: 1 });
		expect(contactOf(pbx, 'Zoho CRM Contacts 2')).toMatchObject({ last_name: 'Otieno 2' });
		expect(contactOf(pbx, 'Zoho CRM Contacts 3')).toBeUndefined();
		expect(
			await synchronized(pbx, [aContact(4, { modifiedAt: minutesAgo(1) }), old]),
		).toMatchObject({ created: 1, deleted: 1 });
	});
});
