import { readCustomers } from '../../../nodes/Zoho/desk/customers/readCustomers';
import type { ServiceError } from '../../../nodes/transport/ServiceError';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { connectDeskNode, type DeskNode } from './deskNode.mts';

const START = Date.UTC(2026, 2, 4, 8);
let zoho: ZohoSimulator;
let desk: DeskNode;

beforeEach(async () => {
	zoho = await startZohoSimulator({
		now: () => START,
		accessTokenSeconds: 10_000_000,
		desk: { creditLimit: 1_000_000 },
	});
	desk = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
});
afterEach(async () => {
	await zoho.close();
});

const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

const everybody = { modules: ['contacts'] as const, limit: Infinity, onlyWithNumber: false };

it('gives 50,000 contacts, each once, and says what that costs', async () => {
	const ids = Array.from({ length: 50_000 }, (_, each) =>
		zoho.desk.insert('contacts', {
			lastName: `Brunner ${each}`,
			phone: `+41 44 ${5_550_000 + each}`,
			// Imported at several a second.
			createdTime: at(-100_000 + Math.floor(each / 7)),
		}),
	);
	const { client } = await desk.client();
	desk.creditsSpent();
	const customers = await readCustomers(client, everybody);
	expect(customers).toHaveLength(50_000);
	expect(new Set(customers.map(({ source }) => source.id)).size).toBe(50_000);
	expect(customers.map(({ source }) => source.id).sort()).toEqual([...ids].sort());
	const credits = desk.creditsSpent();
	expect(credits).toBeGreaterThan(3_000);
	expect(credits).toBeLessThan(3_200);
}, 120_000);

it('also gives those of the last seconds, which no search knows yet', async () => {
	for (let each = 0; each < 5_200; each++) {
		zoho.desk.insert('contacts', { lastName: `Old ${each}`, createdTime: at(-20_000 + each) });
	}
	const fresh = zoho.desk.insert('contacts', { lastName: 'New' }, { indexedAt: 'later' });
	const { client } = await desk.client();
	const customers = await readCustomers(client, everybody);
	expect(customers).toHaveLength(5_201);
	expect(customers[0].source.id).toBe(fresh);
}, 60_000);

it('loses nobody when contacts are deleted and created while the list is read', async () => {
	const ids = Array.from({ length: 400 }, (_, each) =>
		zoho.desk.insert('contacts', { lastName: `B ${each}`, createdTime: at(-20_000 + each) }),
	);
	const { client } = await desk.client();
	let pages = 0;
	const customers = await readCustomers(
		{
			...client,
			read: async (request) => {
				if (request.path === '/contacts' && ++pages === 4) {
					for (const id of ids.slice(-20)) zoho.desk.remove('contacts', id);
				}
				return await client.read(request);
			},
		},
		everybody,
	);
	const read = new Set(customers.map(({ source }) => source.id));
	expect(ids.slice(0, -20).filter((id) => !read.has(id))).toEqual([]);
});

it('says so when more were created in one second than Zoho Desk gives', async () => {
	for (let each = 0; each < 10_200; each++) {
		zoho.desk.insert('contacts', { lastName: `B ${each}`, createdTime: at(-20_000) });
	}
	const { client } = await desk.client();
	const failure = await readCustomers(client, everybody).catch((error: unknown) => error);
	expect((failure as ServiceError).message).toContain('were created within one second');
}, 60_000);

it('gives contacts with company and custom numbers, then accounts, without spam', async () => {
	const contactLayout = zoho.desk.layouts.find(({ module }) => module === 'contacts');
	const custom = contactLayout?.fields.find(({ apiName }) => apiName === 'cf_normalised_phone');
	if (custom) Object.assign(custom, { type: 'Phone', displayLabel: '手机' });
	const account = zoho.desk.insert('accounts', { accountName: 'Seeblick AG', fax: '+41 44 1' });
	const contact = zoho.desk.insert('contacts', {
		firstName: 'Nora',
		lastName: 'Brunner',
		phone: '+41 44 555 01 23',
		accountId: account,
		cf: { cf_normalised_phone: '13800138000' },
	});
	zoho.desk.insert('contacts', { lastName: 'Spammer', phone: '1234567', isSpam: true });
	const nameless = zoho.desk.insert('contacts', { lastName: 'Nobody' });
	const items = await desk.run({ resource: 'customer', operation: 'getAll', returnAll: true });
	expect(items.map((item) => Object.keys(item))).toEqual(items.map(() => ['customer']));
	const customers = items.map(({ customer }) => customer as Record<string, unknown>);
	expect(customers.map(({ source }) => (source as { id: string }).id).sort()).toEqual(
		[account, contact, nameless].sort(),
	);
	const found = customers.find(({ source }) => (source as { id: string }).id === contact);
	expect(found).toMatchObject({
		name: 'Nora Brunner',
		company: 'Seeblick AG',
		numbers: [
			{ kind: 'business', number: '+41 44 555 01 23' },
			{ kind: 'mobile', number: '13800138000' },
		],
	});
	expect(customers.at(-1)).toMatchObject({
		source: { system: 'Zoho Desk', module: 'accounts', id: account },
		company: 'Seeblick AG',
	});
	const numbered = { options: { onlyWithNumber: true }, limit: 1 };
	expect(await desk.run({ resource: 'customer', operation: 'getAll', ...numbered })).toEqual([
		{ customer: found },
	]);
	// Get says the same of one record, by default of the caller who was found.
	const match = { record: { module: 'contacts', id: contact } };
	expect(await desk.run({ resource: 'customer', operation: 'get' }, { match })).toEqual([
		{ match, customer: found },
	]);
});

it('says that a record is not there, and what is no customer', async () => {
	const asked = { resource: 'customer', operation: 'get', recordId: '431000000000999999' };
	await expect(desk.run(asked)).rejects.toThrow(
		'Zoho Desk has no record 431000000000999999 in contacts',
	);
	await expect(desk.run({ ...asked, module: 'tickets' })).rejects.toThrow(
		'The records of tickets are no customers',
	);
});

describe('Customer > Get Many as a node', () => {
	const all = { resource: 'customer', operation: 'getAll' };
	const namesOf = (items: Array<Record<string, unknown>>) =>
		items.map(({ customer }) => (customer as { name: string }).name);

	it('gives contacts, then accounts, 50 in all unless told otherwise', async () => {
		for (let each = 0; each < 45; each++) {
			zoho.desk.insert('contacts', { lastName: `B ${each}`, createdTime: at(-20_000 + each) });
		}
		for (let each = 0; each < 10; each++) {
			zoho.desk.insert('accounts', { accountName: `A ${each}`, createdTime: at(-20_000 + each) });
		}
		const items = await desk.run(all);
		expect(items).toHaveLength(50);
		expect(namesOf(items).filter((name) => name.startsWith('A'))).toHaveLength(5);
		expect(await desk.run({ ...all, returnAll: true })).toHaveLength(55);
		expect(await desk.run({ ...all, modules: ['accounts'], limit: 3 })).toHaveLength(3);
	});

	it('tells the credits', async () => {
		zoho.desk.insert('contacts', { lastName: 'Brunner' });
		desk.creditsSpent();
		const { hints } = await desk.runRaw({ ...all, modules: ['contacts'] });
		const spent = desk.creditsSpent();
		expect(hints.map(({ message }) => message).join(' ')).toContain(
			`used ${spent} Zoho Desk API credits`,
		);
	});

	it.each([{ modules: [] }, { modules: ['tickets'] }, { modules: '' }])(
		'does not run without a module that has customers: %j',
		async ({ modules }) => {
			const given = { ...all, modules: '={{ $json.modules }}' };
			await expect(desk.run(given, { modules })).rejects.toMatchObject({
				message: expect.stringContaining('No module is chosen'),
				description: expect.stringContaining('Choose contacts, accounts or both.'),
			});
			expect(desk.requests()).toEqual([]);
		},
	);
});

it('gives each item its own customer, an account too, and goes on when one is not there', async () => {
	const account = zoho.desk.insert('accounts', { accountName: 'Seeblick AG', phone: '1234567' });
	const gone = zoho.desk.insert('contacts', { lastName: 'Gone' });
	zoho.desk.remove('contacts', gone);
	const records = [
		{ module: 'accounts', id: account },
		{ module: 'contacts', id: gone },
	];
	const { items } = await desk.runWith({
		parameters: {
			resource: 'customer',
			operation: 'get',
			module: '={{ $json.module }}',
			recordId: '={{ $json.id }}',
		},
		items: records,
		continueOnFail: true,
	});
	expect(items[0].json).toMatchObject({
		...records[0],
		customer: { name: 'Seeblick AG', company: 'Seeblick AG', deleted: false },
	});
	expect(items[1].json.error).toContain(`Zoho Desk has no record ${gone} in contacts`);
});
