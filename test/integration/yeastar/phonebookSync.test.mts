import { startPbxSimulator, type PbxSimulator } from '../../simulators/yeastar/pbxSimulator.mts';
import {
	aContact,
	aLead,
	anAccount,
	gone,
	marks,
	synchronized,
	writesSince,
} from './phonebookCustomers.mts';

let pbx: PbxSimulator;

afterEach(async () => await pbx.close());

const range = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a phonebook of 6,500 customers', () => {
	const contacts = range(1, 5_000).map((id) => aContact(id));
	const leads = range(5_001, 6_000).map((id) => aLead(id));
	const accounts = range(6_001, 6_500).map((id) => anAccount(id, { firstName: null }));
	const everybody = [...contacts, ...leads, ...accounts];

	it('is created, filled, left alone when nothing changed, and follows what did', async () => {
		pbx = await startPbxSimulator({ deletesMembers: true });
		expect(await synchronized(pbx, everybody)).toMatchObject({
			phonebook: { name: 'Customers', created: true },
			created: 6_500,
			updated: 0,
			deleted: 0,
			failed: [],
			complete: true,
		});
		expect(marks(pbx)).toEqual({ contacts: 6_500, customers: 6_500 });
		expect(pbx.phonebooks).toMatchObject([{ name: 'Customers', contactIds: { size: 6_500 } }]);

		const afterFirst = pbx.requests.length;
		expect(await synchronized(pbx, everybody)).toMatchObject({
			phonebook: { created: false },
			created: 0,
			updated: 0,
			deleted: 0,
			unchanged: 6_500,
			requests: { reads: 9, writes: 0 },
		});
		expect(writesSince(pbx, afterFirst)).toEqual([]);

		const changed = contacts.slice(0, 10).map((each) => ({ ...each, company: 'Kilima Holding' }));
		const next = [
			...changed,
			...everybody.slice(15),
			...range(7_001, 7_005).map((id) => aLead(id)),
		];
		const afterSecond = pbx.requests.length;
		expect(await synchronized(pbx, next)).toMatchObject({
			created: 5,
			updated: 10,
			deleted: 5,
			unchanged: 6_485,
			requests: { writes: 20 },
		});
		const writes = writesSince(pbx, afterSecond);
		expect(writes).toHaveLength(20);
		expect(writes.slice(0, 5)).toEqual(Array(5).fill('company_contact/delete'));
		expect(writes.slice(15)).toEqual(Array(5).fill('company_contact/create'));

		const asChanges = [
			...range(1, 5).map((id) => gone(aContact(id))),
			aContact(20, { company: 'Another Ltd' }),
			aLead(7_006),
		];
		expect(await synchronized(pbx, asChanges, { mode: 'changesOnly' })).toMatchObject({
			created: 1,
			updated: 1,
			deleted: 5,
		});
		expect(marks(pbx)).toEqual({ contacts: 6_496, customers: 6_496 });
	});
});
