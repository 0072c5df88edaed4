import { startCallStack, type CallStack } from './callTemplates.mts';
import { bookContacts, remarksOf, writesTo } from './phonebookContents.mts';
import { until } from './stack/until.mts';

const CONTACTS = 300;
const ACCOUNTS = 50;
const BOOK = 'Zoho Desk';
const WHOLE_RUN_MS = 120_000;

let stack: CallStack;
let syncId: string;

const desk = () => stack.zoho.desk;
const inBook = () => bookContacts(stack.pbx, BOOK);
const bookContactOf = (module: 'contacts' | 'accounts', id: string) =>
	inBook().find(({ remark }) => remark.startsWith(`Zoho Desk ${module} ${id} `));
const numbersOf = (id: string) =>
	bookContactOf('contacts', id)?.number_list.map(({ number }) => number) ?? [];

beforeAll(async () => {
	stack = await startCallStack(
		{
			zoho: { desk: { edition: 'PROFESSIONAL' } },
			pbx: { deletesMembers: true },
		},
		'calls-to-zoho-desk',
	);
});
afterAll(async () => await stack?.stop());

describe('customers who call, in the phonebook', () => {
	const called = async (from: string) => {
		const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from });
		const execution = await stack.executionOf(callId);
		const [row] = await stack.ledgerOf(callId);
		return { execution, row };
	};

	beforeAll(async () => {
		await stack.changeRules({ syncContact: true });
		desk().insert('contacts', { lastName: 'Silent', mobile: '13900139001' });
	});

	it('a known one is put there alone, and once', async () => {
		const id = desk().insert('contacts', {
			firstName: 'Amina',
			lastName: 'Otieno',
			mobile: '139 0013 9002',
		});
		const { execution, row } = await called('13900139002');
		expect(execution).toMatchObject({ status: 'success', error: null });
		expect(row).toMatchObject({ status: 'logged', recordId: id });
		expect(remarksOf(inBook())).toEqual([`Zoho Desk contacts ${id}`]);
		expect(inBook()).toMatchObject([
			{
				first_name: 'Amina',
				last_name: 'Otieno',
				number_list: [{ num_type: 'mobile_number', number: '+8613900139002' }],
			},
		]);

		const before = writesTo(stack.pbx);
		const again = await called('13900139002');
		expect(again.execution.itemsOf('Save Customer in Phonebook')).toMatchObject([{ unchanged: 1 }]);
		expect(writesTo(stack.pbx)).toBe(before);
	});

	it('an unknown one is put there as soon as there is a record', async () => {
		const { execution, row } = await called('13900139003');
		expect(execution).toMatchObject({ status: 'success', error: null });
		expect(row).toMatchObject({ status: 'logged', matchedBy: 'created', module: 'contacts' });
		expect(remarksOf(inBook())).toContain(`Zoho Desk contacts ${row.recordId}`);
		expect(inBook()).toHaveLength(2);
	});

	it.each([
		['has no room', 'company_contact/create', 60002, /MAX LIMITATION EXCEEDED/],
		['does not take this contact', 'company_contact/create', 40002, /does not accept the values/],
	] as const)(
		'and if the PBX %s, the call is logged and the execution tells why',
		async (_what, path, errcode, reason) => {
			const number = `139${errcode}930`;
			const id = desk().insert('contacts', { lastName: 'Refused', mobile: number });
			stack.pbx.faults.answers.push({ kind: 'errcode', path, errcode });
			const { execution, row } = await called(number);
			stack.pbx.faults.answers = [];
			expect(row).toMatchObject({ status: 'logged', recordId: id });
			expect(bookContactOf('contacts', id)).toBeUndefined();
			expect(execution.error?.message).toMatch(
				/^The customer could not be saved in the phonebook: [^.]{10,}/,
			);
			expect(execution.error?.message).toMatch(reason);
		},
	);
});

describe('the whole address book', () => {
	interface SyncRow {
		customers: number;
		[column: string]: unknown;
	}
	const contactIds: string[] = [];

	const wholeRun = async () => {
		const execution = await stack.client.runManually(syncId, { timeoutMs: WHOLE_RUN_MS });
		expect(execution).toMatchObject({ status: 'success', error: null });
		return (await stack.client.readRows<SyncRow>('callbridge_syncs')).at(-1)!;
	};

	beforeAll(async () => {
		for (let serial = 0; serial < CONTACTS; serial++) {
			contactIds.push(
				desk().insert('contacts', {
					lastName: `Brunner ${serial}`,
					phone: `+41 44 ${5_550_000 + serial}`,
				}),
			);
		}
		for (let serial = 0; serial < ACCOUNTS; serial++) {
			desk().insert('accounts', {
				accountName: `Werk ${serial}`,
				phone: `+49 30 ${5_550_000 + serial}`,
			});
		}
		({ id: syncId } = await stack.client.importTemplate('sync-desk-contacts', {
			credentials: stack.credentials,
			parameters: {
				'Save All in Phonebook': { options: { defaultCountry: 'CN' } },
				'Save Change in Phonebook': { options: { defaultCountry: 'CN' } },
			},
		}));
	});

	it('is there after the first load, with those who have called', async () => {
		const called = inBook();
		const people = desk().records('contacts').length;
		expect(await wholeRun()).toMatchObject({
			customers: people + ACCOUNTS,
			created: people + ACCOUNTS - called.length,
			unchanged: called.length,
			updated: 0,
			deleted: 0,
			notSynchronized: 0,
		});
		expect(inBook()).toHaveLength(people + ACCOUNTS);
		expect(new Set(remarksOf(inBook())).size).toBe(people + ACCOUNTS);
		expect(numbersOf(contactIds[7])).toEqual(['+41445550007']);
	});

	it('run again: no write at all', async () => {
		const before = writesTo(stack.pbx);
		expect(await wholeRun()).toMatchObject({ created: 0, updated: 0, deleted: 0 });
		expect(writesTo(stack.pbx)).toBe(before);
	});

	it('follows what people change', async () => {
		await stack.client.publish(syncId);
		await until(() => desk().webhooks.length > 0, { what: 'the webhook', timeoutMs: 60_000 });
		const before = writesTo(stack.pbx);
		desk().update('contacts', contactIds[20], { phone: '+41 44 666 00 20' });
		await until(() => numbersOf(contactIds[20]).includes('+41446660020'), {
			what: 'the changed number to be on the PBX',
			everyMs: 50,
		});
		expect(writesTo(stack.pbx) - before).toBe(1);

		const added = desk().insert(
			'accounts',
			{ accountName: 'Werk Nord', phone: '+49 30 7770001' },
			{ announced: true },
		);
		desk().remove('contacts', contactIds[21]);
		await until(
			() => bookContactOf('accounts', added) && !bookContactOf('contacts', contactIds[21]),
			{ what: 'the new account to come, and the deleted contact to go' },
		);
	});

	it('does not put the customers into the database of n8n as well', async () => {
		await until(
			async () => {
				const running = await stack.client.listExecutions({
					workflowId: syncId,
					status: ['new', 'running'],
				});
				return running.length === 0;
			},
			{ what: 'the changes to be through' },
		);
		const kept = await stack.client.listExecutions({ workflowId: syncId });
		expect(new Set(kept.map(({ mode }) => mode))).toEqual(new Set(['manual']));
	});
});
