import type { Clock } from '../../../nodes/transport/Clock';
import { synchronize } from '../../../nodes/Yeastar/phonebookSync/synchronize';
import { startPbxSimulator, type PbxSimulator } from '../../simulators/yeastar/pbxSimulator.mts';
import type { AnswerFault } from '../../simulators/answerFaults.mts';
import {
	aContact,
	aDeskContact,
	aLead,
	anAccount,
	asItems,
	contactOf,
	gone,
	marks,
	named,
	numbersOnPbx,
	synchronization,
	synchronized,
	writesSince,
} from './phonebookCustomers.mts';
import { byId, clientOf, rowsOf, runYeastar } from './yeastarNode.mts';

let pbx: PbxSimulator;

beforeAll(async () => {
	pbx = await startPbxSimulator();
});
beforeEach(() => pbx.reset());
afterAll(async () => await pbx.close());

const range = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => from + index);
const contacts = (from: number, to: number) => range(from, to).map((id) => aContact(id));
const changesOnly = { mode: 'changesOnly' };

async function create(path: 'company_contact/create' | 'phonebook/create', body: object) {
	const { id } = await clientOf(pbx).post<{ id: number }>(path, body as never);
	return id;
}

/** A contact that a person made in the portal. */
const byHand = async (number: string, bookIds: number[] = []) =>
	await create('company_contact/create', {
		first_name: 'Ben',
		number_list: [{ num_type: 'mobile_number', number }],
		phonebook_id_list: bookIds,
	});

/** Waiting takes no time. */
const hurried: Clock = {
	now: () => Date.now(),
	sleep: async () => await Promise.resolve(),
	random: () => 0,
};

async function hurriedRun(customers: ReturnType<typeof contacts>) {
	return await synchronize(
		asItems(customers),
		{
			phonebook: { by: 'name', name: 'Customers', createIfMissing: true },
			mode: 'full',
			settings: {
				isFull: true,
				completeSources: [],
				numberFormat: 'e164',
				country: '',
				sharedNumbers: 'first',
				moduleOrder: ['Contacts'],
				mostDeletionsPercent: 25,
				mostContacts: 0,
			},
		},
		clientOf(pbx, hurried),
		{ clock: hurried, onProgress: () => undefined, isCancelled: () => false },
	);
}

describe('a number that several customers have', () => {
	const number = '+254 700 999 999';
	const shared = { numbers: [['mobile', number] as ['mobile', string]] };

	it('stays with the first by module, then with the older record', async () => {
		const customers = [
			anAccount(1, shared),
			aLead(2, {
				numbers: [
					['mobile', number],
					['home', '+254700000002'],
				],
			}),
			aContact(10, shared),
			aContact(9, shared),
			aDeskContact(1, shared),
		];
		const report = await synchronized(pbx, customers);
		expect(report).toMatchObject({ created: 2, notSynchronizedTotal: 3 });
		expect(report.notSynchronized[0]).toMatchObject({
			reason: 'All its numbers are with Zoho CRM Contacts 9',
			field: 'numbers',
		});
		expect(report.leftOut).toMatchObject([
			{ source: { id: '2' }, what: '+254700999999 is with Zoho CRM Contacts 9' },
		]);
		expect(numbersOnPbx(pbx, customers[3])).toEqual({ mobile_number: '+254700999999' });
		expect(numbersOnPbx(pbx, customers[1])).toEqual({ home_number: '+254700000002' });
	});

	it('moves on a change so that a full run afterwards finds nothing', async () => {
		const lead = aLead(2, {
			numbers: [
				['mobile', number],
				['mobile', '+254700000002'],
			],
		});
		const contact = aContact(9, shared);
		await synchronized(pbx, [lead], changesOnly);
		expect(await synchronized(pbx, [contact], changesOnly)).toMatchObject({
			created: 1,
			updated: 1,
		});
		expect(numbersOnPbx(pbx, lead)).toEqual({ mobile_number: '+254700000002' });
		expect(contactOf(pbx, 'Zoho CRM Leads 2')).toMatchObject({ last_name: 'Otieno 2' });
		expect(await synchronized(pbx, [lead, contact])).toMatchObject({
			unchanged: 2,
			requests: { writes: 0 },
		});
	});

	it('stays with all if wanted', async () => {
		const options = { sharedNumbers: 'all' };
		expect(
			await synchronized(pbx, [aContact(1, shared), aLead(2, shared)], { options }),
		).toMatchObject({ created: 2, notSynchronizedTotal: 0 });
	});
});

describe('what the PBX does not take', () => {
	it('is cut, cleaned or left out, and reported', async () => {
		const twelve = aContact(1, {
			company: `K&${'x'.repeat(298)}`,
			firstName: 'Dr. Amina',
			numbers: range(1, 12).map((digit) => ['mobile', `+25470000100${digit % 10}${digit} ext 8`]),
		});
		const report = await synchronized(pbx, [twelve]);
		expect(report).toMatchObject({ created: 1, failed: [], leftOutTotal: 5 });
		expect(Object.keys(numbersOnPbx(pbx, twelve) ?? {})).toHaveLength(9);
		expect(report.leftOut.map(({ field, what }) => [field, what.slice(0, 28)])).toEqual([
			['firstName', 'removed: "."'],
			['company', 'removed: "&", all after 255 '],
			...Array<string[]>(3).fill(['numbers', 'no room in the nine slots: +']),
		]);
		expect(await synchronized(pbx, [twelve])).toMatchObject({ unchanged: 1 });
	});

	it('does not stop the others', async () => {
		const items = [
			...asItems([
				aContact(1),
				aContact(2, { numbers: [] }),
				aContact(3, { firstName: null, lastName: null, name: '', company: '' }),
				aContact(''),
			]),
			{},
		];
		const { items: output } = await runYeastar(pbx, synchronization(), { items });
		expect(output[0].pairedItem).toHaveLength(5);
		expect(output[0].json).toMatchObject({
			created: 1,
			notSynchronizedTotal: 4,
			notSynchronized: [
				{ field: 'source.id', reason: 'The customer of item 3 has no id' },
				{ field: 'customer', reason: 'Item 4 holds no customer' },
				{ source: { module: 'Contacts', id: '2' }, field: 'numbers' },
				{ source: { module: 'Contacts', id: '3' }, field: 'name' },
			],
		});
	});

	it('leaves the other contacts, with a hint', async () => {
		pbx.faults.answers = [{ kind: 'errcode', errcode: 40002, path: 'contact/create', times: 1 }];
		const run = await runYeastar(pbx, synchronization(), { items: asItems(contacts(1, 3)) });
		expect(run.items[0].json).toMatchObject({ created: 2, failedTotal: 1, complete: false });
		expect(run.hints.map(({ message }) => message)).toContainEqual(
			expect.stringContaining('1 contacts could not be written'),
		);
	});
});

describe('a run that was broken off', () => {
	const before = [...contacts(1, 10), ...contacts(21, 30)];
	const after = [
		...range(1, 10).map((id) => aContact(id, { company: 'Kilima Holding' })),
		...contacts(31, 45),
	];

	it.each([0, 1, 4, 9, 17, 25, 34])('after %i writes is finished by the next', async (writes) => {
		await synchronized(pbx, before);
		pbx.faults.answers = [
			{ kind: 'errcode', errcode: 70123, path: 'company_contact/', after: writes + 1 },
		];
		await expect(synchronized(pbx, after)).rejects.toMatchObject({
			message: expect.stringMatching(
				/^The API of the PBX is switched off \(phonebook "Customers": \d+ of 35 contacts written\)$/,
			) as string,
		});
		pbx.faults.answers = [];
		expect(await synchronized(pbx, after)).toMatchObject({ complete: true });
		expect(marks(pbx)).toEqual({ contacts: 25, customers: 25 });
		const asked = pbx.requests.length;
		expect(await synchronized(pbx, after)).toMatchObject({ unchanged: 25 });
		expect(writesSince(pbx, asked)).toEqual([]);
	});

	it.each<AnswerFault['kind']>(['dropAfterwards', 'serverErrorAfterwards', 'serverError', 'drop'])(
		'by lost answers (%s) makes no contact twice',
		async (kind) => {
			pbx.faults.answers = [{ kind, path: 'company_contact/create', after: 2, times: 4 }];
			expect(await hurriedRun(contacts(1, 10))).toMatchObject({ created: 10, failed: [] });
			expect(marks(pbx)).toEqual({ contacts: 10, customers: 10 });
		},
	);

	it('because the PBX is down says how far it came', async () => {
		await hurriedRun(contacts(1, 3));
		pbx.faults.answers = [{ kind: 'serverError', path: 'company_contact/create' }];
		await expect(hurriedRun(contacts(1, 30))).rejects.toMatchObject({
			kind: 'unavailable',
			message: expect.stringContaining('0 of 27 contacts written') as string,
		});
	});

	it('and a contact too many is put right', async () => {
		await synchronized(pbx, contacts(1, 2));
		const [{ remark }] = pbx.contacts;
		await create('company_contact/create', {
			first_name: 'Amina',
			remark,
			number_list: [{ num_type: 'mobile_number', number: '+254700000001' }],
			phonebook_id_list: [pbx.phonebooks[0].id],
		});
		expect(await synchronized(pbx, contacts(1, 2))).toMatchObject({ deleted: 1, unchanged: 2 });
	});
});

describe('contacts that people made', () => {
	it('are never touched, also with a number of ours', async () => {
		const id = await byHand('+254700000001');
		await synchronized(pbx, contacts(1, 2));
		await synchronized(pbx, contacts(2, 3));
		expect(pbx.contacts.find((each) => each.id === id)).toMatchObject({ first_name: 'Ben' });
	});

	it('in the phonebook make it refuse before anything is written', async () => {
		const bookId = await create('phonebook/create', {
			name: 'Customers',
			member_select: 'sel_specific',
		});
		await byHand('+254700000001', [bookId]);
		const asked = pbx.requests.length;
		await expect(synchronized(pbx, contacts(1, 2))).rejects.toThrow(
			'The phonebook "Customers" holds 1 contact that no synchronization has made; the first is "Ben"',
		);
		expect(writesSince(pbx, asked)).toEqual([]);
	});

	it('are all in a phonebook of all contacts, which is refused', async () => {
		await create('phonebook/create', { name: 'Customers', member_select: 'sel_all' });
		await expect(synchronized(pbx, contacts(1, 2))).rejects.toThrow(
			'The phonebook "Customers" holds all contacts of the PBX',
		);
	});

	it('leave a phonebook of another system read-only', async () => {
		await create('phonebook/create', { name: 'Customers', member_select: 'sel_specific' });
		pbx.phonebooks[0].readOnly = true;
		await expect(synchronized(pbx, contacts(1, 2))).rejects.toMatchObject({
			message: expect.stringContaining('lets nobody write into the phonebook') as string,
			description: expect.stringContaining('read-only') as string,
		});
		expect(pbx.contacts).toEqual([]);
	});
});

describe('two phonebooks with customers in common', () => {
	const ofAll = { phonebook: named('All Customers') };
	const ofFew = { phonebook: named('Important Customers') };
	const booksOf = (id: number) => {
		const contactId = contactOf(pbx, `Zoho CRM Contacts ${id}`)?.id ?? 0;
		return pbx.phonebooks
			.filter(({ contactIds }) => contactIds.has(contactId))
			.map(({ name }) => name);
	};

	it('share the contacts: who leaves one stays in the other', async () => {
		await synchronized(pbx, contacts(1, 3), ofAll);
		await synchronized(pbx, contacts(1, 2), ofFew);
		expect(booksOf(2)).toEqual(['All Customers', 'Important Customers']);

		const noNumber = { ...aContact(2), numbers: [] };
		expect(await synchronized(pbx, [aContact(1), noNumber], ofFew)).toMatchObject({ deleted: 1 });
		expect(await synchronized(pbx, [aContact(3)], ofFew)).toMatchObject({ deleted: 1 });
		expect([1, 2, 3].map(booksOf)).toEqual([
			['All Customers'],
			['All Customers'],
			['All Customers', 'Important Customers'],
		]);
		expect(await synchronized(pbx, contacts(1, 3), ofAll)).toMatchObject({ unchanged: 3 });
	});

	it('both lose a customer who is gone', async () => {
		await synchronized(pbx, contacts(1, 3), ofAll);
		await synchronized(pbx, contacts(1, 2), ofFew);
		await synchronized(pbx, [gone(aContact(1))], { ...ofFew, ...changesOnly });
		expect(marks(pbx)).toEqual({ contacts: 2, customers: 2 });
	});
});

it('what a person changed in our contact is put right, and stays if it is changed again', async () => {
	await synchronized(pbx, contacts(1, 2));
	pbx.contacts[0].company = 'Somebody Else';
	expect(await synchronized(pbx, contacts(1, 2))).toMatchObject({ updated: 1, unchanged: 1 });
	expect(pbx.contacts[0].company).toBe('Kilima Ltd');
	pbx.contacts[0].company = 'Somebody Else';
	expect(await synchronized(pbx, contacts(1, 2))).toMatchObject({ unchanged: 2 });
});

describe('the safeguards', () => {
	it('refuse to delete many, and say how to allow it', async () => {
		await synchronized(pbx, contacts(1, 60));
		const asked = pbx.requests.length;
		await expect(synchronized(pbx, contacts(1, 30))).rejects.toMatchObject({
			message:
				'30 of 60 contacts of the phonebook would be deleted, more than the 25 % that are allowed',
			description: expect.stringContaining('to 50 in the options') as string,
		});
		expect(writesSince(pbx, asked)).toEqual([]);
		const options = { mostDeletions: 50 };
		expect(await synchronized(pbx, contacts(1, 30), { options })).toMatchObject({ deleted: 30 });
	});

	it('refuse an empty input for a complete source', async () => {
		await synchronized(pbx, contacts(1, 3));
		const completeSources = 'Zoho CRM';
		await expect(synchronized(pbx, [aDeskContact(1)], { completeSources })).rejects.toThrow(
			'The input holds no customer of Zoho CRM Contacts, so that all 3 contacts of it would be deleted',
		);
	});

	it('leave the contacts of other sources', async () => {
		await synchronized(pbx, [...contacts(1, 3), aDeskContact(7)]);
		expect(await synchronized(pbx, contacts(1, 2))).toMatchObject({ deleted: 1 });
		expect(contactOf(pbx, 'Zoho Desk contacts 7')).toMatchObject({ last_name: 'Otieno 7' });
	});

	it('refuse more contacts than the PBX keeps before anything is written', async () => {
		const options = { mostContacts: 5 };
		await byHand('+254711111111');
		await expect(synchronized(pbx, contacts(1, 6), { options })).rejects.toThrow(
			'The PBX holds 1 contact and it keeps 5: of 6 new customers 4 would fit',
		);
		expect(pbx.contacts).toHaveLength(1);
		expect(pbx.phonebooks).toEqual([]);
	});

	it('stop at what the PBX keeps in truth, and go on later', async () => {
		const small = await startPbxSimulator({ contactCapacity: 5 });
		try {
			await expect(synchronized(small, contacts(1, 8))).rejects.toThrow(
				'The PBX takes no more contacts (MAX LIMITATION EXCEEDED) (phonebook "Customers": 5 of 8 contacts written)',
			);
			expect(await synchronized(small, contacts(1, 5))).toMatchObject({ unchanged: 5 });
		} finally {
			await small.close();
		}
	});
});

describe('a preview', () => {
	it('writes nothing and tells what would change', async () => {
		await synchronized(pbx, contacts(1, 3));
		const asked = pbx.requests.length;
		const next = [gone(aContact(1)), aContact(2, { company: 'Other' }), aContact(9)];
		expect(await synchronized(pbx, next, { mode: 'preview' })).toMatchObject({
			mode: 'preview',
			complete: false,
			created: 1,
			updated: 1,
			deleted: 2,
			changes: {
				create: { total: 1, first: [{ source: { id: '9' } }] },
				update: { first: [{ source: { id: '2' }, what: ['Company'] }] },
				delete: { first: [{ why: 'deleted' }, { why: 'missing' }] },
			},
			refusals: [],
		});
		expect(writesSince(pbx, asked)).toEqual([]);
	});

	it('creates no phonebook', async () => {
		expect(
			await synchronized(pbx, contacts(1, 1), { mode: 'preview', phonebook: named('New') }),
		).toMatchObject({ phonebook: { id: null, name: 'New', created: false }, created: 1 });
		expect(pbx.phonebooks).toEqual([]);
	});
});

it('contacts that are released are ordinary ones', async () => {
	await synchronized(pbx, contacts(1, 3));
	const bookId = String(pbx.phonebooks[0].id);
	const parameters = {
		resource: 'phonebook',
		operation: 'releaseContacts',
		phonebook: byId(bookId),
	};
	expect(await rowsOf(runYeastar(pbx, parameters))).toMatchObject([
		{ phonebook: { id: bookId, name: 'Customers' }, released: 3, ordinaryBefore: 0, failed: [] },
	]);
	expect(marks(pbx).contacts).toBe(0);
	expect(pbx.contacts[0]).toMatchObject({
		first_name: 'Amina',
		last_name: 'Otieno 1',
		remark: 'Zoho CRM Contacts 1',
	});
	expect(await rowsOf(runYeastar(pbx, parameters))).toMatchObject([
		{ released: 0, ordinaryBefore: 3 },
	]);
	expect(pbx.phonebooks[0].contactIds.size).toBe(3);
});

it('what phones need to show names is told by the system, with what nobody can ask it', async () => {
	await synchronized(pbx, contacts(1, 3));
	const information = { resource: 'system', operation: 'getInformation' };
	const [plain] = await rowsOf(runYeastar(pbx, information));
	expect(plain).not.toHaveProperty('callerNames');
	const [checked] = await rowsOf(runYeastar(pbx, { ...information, checkCallerNames: true }));
	expect(checked).toMatchObject({
		...plain,
		system_time: expect.any(String) as string,
		callerNames: [
			{ check: 'Edition', state: 'ok' },
			{ check: 'Company contacts', state: 'ok' },
			{ check: 'Plan and phonebooks', state: 'ok' },
			{ check: 'Phonebook visibility', state: 'unknown' },
			{ check: 'Matching of numbers', state: 'unknown' },
		],
	});
});
