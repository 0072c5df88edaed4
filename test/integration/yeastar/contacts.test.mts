import { startPbxSimulator, type PbxSimulator } from '../../simulators/yeastar/pbxSimulator.mts';
import type { NodeRun } from '../nodeContext.mts';
import { byId, fromList, rowsOf, runYeastar } from './yeastarNode.mts';

let pbx: PbxSimulator;

beforeAll(async () => {
	pbx = await startPbxSimulator();
});
beforeEach(() => pbx.reset());
afterAll(async () => await pbx.close());

const contact = (operation: string, parameters: object = {}) => ({
	resource: 'contact',
	operation,
	...parameters,
});
const phonebook = (operation: string, parameters: object = {}) => ({
	resource: 'phonebook',
	operation,
	...parameters,
});
const numbers = (...entries: Array<[type: string, number: string]>) => ({
	number: entries.map(([type, number]) => ({ type, number })),
});

async function createContact(firstName: string, number: string): Promise<string> {
	const [{ id }] = await rowsOf(
		runYeastar(pbx, contact('create', { firstName, numbers: numbers(['mobile_number', number]) })),
	);
	return String(id);
}

async function createPhonebook(name: string, contactIds = ''): Promise<string> {
	const [{ id }] = await rowsOf(runYeastar(pbx, phonebook('create', { name, contactIds })));
	return String(id);
}

/** The node also tells how many tokens of the PBX it holds. */
const hintsAboutItems = ({ hints }: Pick<NodeRun, 'hints'>) =>
	hints.map(({ message }) => message).filter((message) => !message.includes('token slots'));

describe('contacts of the PBX', () => {
	it('are created with all that the PBX keeps', async () => {
		const bookId = await createPhonebook('CRM');
		const run = await runYeastar(
			pbx,
			contact('create', {
				firstName: 'Amina',
				numbers: numbers(['mobile_number', '+254 700 111 222'], ['business_number', '020 555 000']),
				additionalFields: {
					lastName: 'Otieno',
					company: 'Kilima Ltd',
					email: 'amina@kilima.example',
					remark: 'crm:5012000000123',
					phonebookIds: [bookId],
					city: 'Nairobi',
				},
			}),
		);
		expect(hintsAboutItems(run)).toEqual([]);
		expect(pbx.contacts[0]).toMatchObject({ first_name: 'Amina', city: 'Nairobi' });
		const { id } = run.items[0].json;
		expect(await rowsOf(runYeastar(pbx, contact('get', { contact: byId(String(id)) })))).toEqual([
			{
				id,
				name: 'Amina Otieno',
				company: 'Kilima Ltd',
				email: 'amina@kilima.example',
				remark: 'crm:5012000000123',
				numbers: [
					{ type: 'business_number', number: '020 555 000' },
					{ type: 'mobile_number', number: '+254 700 111 222' },
				],
				phonebooks: [{ id: bookId, name: 'CRM' }],
			},
		]);
	});

	it('are created without what the PBX refuses, and a hint tells', async () => {
		const { items, hints } = await runYeastar(
			pbx,
			contact('create', {
				firstName: 'Dr. Amina',
				numbers: numbers(['mobile_number', '+254700111222x8']),
				additionalFields: { company: 'Kilima & Sons' },
			}),
		);
		expect(items).toHaveLength(1);
		expect(pbx.contacts[0]).toMatchObject({ first_name: 'Dr Amina', company: 'Kilima Sons' });
		expect(hintsAboutItems({ hints })).toEqual([
			'The PBX does not accept everything in Mobile of item 0. Removed: "x"',
			'The PBX does not accept everything in Company of item 0. Removed: "&"',
			'The PBX does not accept everything in First Name of item 0. Removed: "."',
		]);
	});

	it.each([
		[{ firstName: '@@@', numbers: numbers(['mobile_number', '1']) }, 'First Name has no character'],
		[{ firstName: 'Amina', numbers: numbers(['mobile_number', '']) }, 'Numbers is empty'],
		[
			{ firstName: 'A', numbers: numbers(['other_number', '1'], ['other_number', '2']) },
			'Numbers has two entries of type Other',
		],
	])('are not sent when the PBX could not keep them', async (parameters, message) => {
		await expect(runYeastar(pbx, contact('create', parameters))).rejects.toThrow(message);
		expect(pbx.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('keep the numbers and fields that an update does not mention', async () => {
		const id = await createContact('Amina', '0700111222');
		const update = async (updateFields: object) =>
			await runYeastar(pbx, contact('update', { contact: fromList(id), updateFields }));

		await update({ numbers: numbers(['business_number', '020555000']), company: 'Kilima Ltd' });
		expect(pbx.contacts[0]).toMatchObject({
			first_name: 'Amina',
			company: 'Kilima Ltd',
			number_list: [
				{ num_type: 'mobile_number', number: '0700111222' },
				{ num_type: 'business_number', number: '020555000' },
			],
		});
		await update({ numbers: numbers(['mobile_number', '']), lastName: 'Otieno' });
		expect(pbx.contacts[0]).toMatchObject({
			last_name: 'Otieno',
			number_list: [{ num_type: 'business_number', number: '020555000' }],
		});
	});

	it.each(['+254700111222', '0700 111 222', '(0700)111222'])(
		'are found by the number %s however it was stored',
		async (stored) => {
			const id = await createContact('Amina', stored);
			await createContact('Ben', '0700111223');
			const found = await rowsOf(
				runYeastar(pbx, contact('search', { searchBy: 'number', number: '+254 (0)700-111-222' })),
			);
			expect(found.map((row) => row.id)).toEqual([id]);
		},
	);

	it('are found by text, raw if wanted', async () => {
		await createContact('Amina', '0700111222');
		const found = await rowsOf(
			runYeastar(pbx, contact('search', { searchBy: 'text', text: 'amin', simplify: false })),
		);
		expect(found).toMatchObject([{ contact_name: 'Amina', mobile: '0700111222' }]);
	});

	it('are listed up to the limit, or all', async () => {
		for (const digit of [1, 2, 3]) await createContact(`Contact ${digit}`, `070011122${digit}`);
		const names = async (parameters: object) =>
			(await rowsOf(runYeastar(pbx, contact('getMany', parameters)))).map(({ name }) => name);
		expect(await names({ limit: 2 })).toEqual(['Contact 1', 'Contact 2']);
		expect(await names({ returnAll: true })).toHaveLength(3);
	});

	it('are deleted, out of their phonebooks first if wanted', async () => {
		const id = await createContact('Amina', '0700111222');
		const bookId = await createPhonebook('CRM', id);
		const run = runYeastar(pbx, contact('delete', { contact: byId(id) }));
		await expect(run).rejects.toMatchObject({
			message: 'The entry is used elsewhere in the PBX',
			description: expect.stringContaining('removed from its phonebooks') as string,
		});
		const options = { removeFromPhonebooks: true };
		expect(
			await rowsOf(runYeastar(pbx, contact('delete', { contact: byId(id), options }))),
		).toEqual([{ deleted: true }]);
		expect(pbx.contacts).toEqual([]);
		expect(pbx.phonebooks).toMatchObject([{ id: Number(bookId), contactIds: new Set() }]);
	});

	it('that do not exist are told so, per item', async () => {
		const id = await createContact('Amina', '0700111222');
		const { items } = await runYeastar(
			pbx,
			contact('get', { contact: { __rl: true, mode: 'id', value: '={{ $json.contactId }}' } }),
			{ items: [{ contactId: '4711' }, { contactId: id }], continueOnFail: true },
		);
		expect(items).toMatchObject([
			{ json: { error: 'The PBX has no such entry' }, pairedItem: { item: 0 } },
			{ json: { id, name: 'Amina' }, pairedItem: { item: 1 } },
		]);
		expect(Object.keys(items[0].json)).toEqual(['error', 'message']);
	});

	it('stop at what the model of the PBX can keep', async () => {
		const small = await startPbxSimulator({ contactCapacity: 0 });
		try {
			const parameters = { firstName: 'A', numbers: numbers(['other_number', '1']) };
			await expect(runYeastar(small, contact('create', parameters))).rejects.toThrow(
				'as many entries of this kind as its model allows',
			);
		} finally {
			await small.close();
		}
	});
});

describe('phonebooks of the PBX', () => {
	it('are created, filled, emptied, read and deleted', async () => {
		const ids = [
			await createContact('Amina', '0700111222'),
			await createContact('Ben', '0700111223'),
		];
		const bookId = await createPhonebook('CRM', ids[0]);
		const book = { phonebook: byId(bookId) };

		expect(
			await rowsOf(
				runYeastar(pbx, phonebook('addContacts', { ...book, contactIds: ids.join(', ') })),
			),
		).toEqual([{ id: bookId, addedContactIds: ids }]);
		await runYeastar(pbx, phonebook('removeContacts', { ...book, contactIds: ids[0] }));

		expect(await rowsOf(runYeastar(pbx, phonebook('get', book)))).toEqual([
			{
				id: bookId,
				name: 'CRM',
				holdsAllContacts: false,
				contactCount: 1,
				contacts: [
					{
						id: ids[1],
						name: 'Ben',
						company: '',
						email: '',
						remark: '',
						numbers: [{ type: 'mobile_number', number: '0700111223' }],
					},
				],
			},
		]);
		expect(await rowsOf(runYeastar(pbx, phonebook('delete', book)))).toEqual([{ deleted: true }]);
		expect(await rowsOf(runYeastar(pbx, phonebook('getMany')))).toEqual([]);
		expect(pbx.contacts).toHaveLength(2);
	});

	it('for all contacts exist once', async () => {
		const parameters = { name: 'All', members: 'sel_all' };
		const [{ id }] = await rowsOf(runYeastar(pbx, phonebook('create', parameters)));
		expect(await rowsOf(runYeastar(pbx, phonebook('getMany', { returnAll: true })))).toEqual([
			{ id, name: 'All', holdsAllContacts: true, contactCount: 0 },
		]);
		const second = { name: 'Everybody', members: 'sel_all' };
		await expect(runYeastar(pbx, phonebook('create', second))).rejects.toThrow(
			'already has an entry',
		);
	});

	it('that another system synchronises are read-only', async () => {
		const id = await createPhonebook('Zoho CRM');
		pbx.phonebooks[0].readOnly = true;
		await expect(
			runYeastar(pbx, phonebook('delete', { phonebook: byId(id) })),
		).rejects.toMatchObject({ description: expect.stringContaining('read-only') as string });
	});

	it('take IDs only', async () => {
		const parameters = { phonebook: byId('8'), contactIds: '118, Amina' };
		await expect(runYeastar(pbx, phonebook('addContacts', parameters))).rejects.toThrow(
			'Contact IDs holds something that is not an ID: Amina [Item 0]',
		);
	});
});
