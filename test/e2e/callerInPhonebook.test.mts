import { COUNTRY, startCallStack, type CallStack } from './callTemplates.mts';
import { until } from './stack/until.mts';

let stack: CallStack;

beforeAll(async () => {
	stack = await startCallStack();
	await stack.changeNodes({
		'Apply Call Rules': { parameters: { syncContact: true } },
		'Save Customer in Phonebook': { parameters: { options: { defaultCountry: COUNTRY } } },
	});
});
afterAll(async () => await stack?.stop());

const contacts = () =>
	stack.pbx.contacts.map(({ remark, number_list: list }) => ({ remark, list }));

describe('the caller of a call, on demand', () => {
	it('is in the phonebook after the call', async () => {
		const contactId = stack.zoho.insert('Contacts', {
			First_Name: 'Wei',
			Last_Name: 'Li',
			Phone: '0755-2660 1234',
		});
		const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from: '075526601234' });
		await until(() => stack.pbx.contacts.length > 0, { what: 'the caller on the PBX' });
		expect(contacts()).toMatchObject([
			{
				remark: expect.stringContaining(`Zoho CRM Contacts ${contactId} [CallBridge `) as string,
				list: [{ number: '+8675526601234' }],
			},
		]);
		const [row] = await stack.ledgerOf(callId);
		expect(row).toMatchObject({ status: 'logged', recordId: contactId });
	});

	it('whom the PBX does not take is logged all the same, and somebody hears of it', async () => {
		const book = stack.pbx.phonebooks.find(({ name }) => name === 'Zoho CRM')!;
		book.readOnly = true;
		const leadId = stack.zoho.insert('Leads', {
			Last_Name: 'Brunner',
			Company: 'Kilima Ltd',
			Phone: '+41 44 501 23 45',
		});
		const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from: '+41445012345' });
		const failed = await until(
			async () => (await stack.executions()).find(({ status }) => status === 'error'),
			{ what: 'the execution to tell of the phonebook', timeoutMs: 60_000 },
		);
		expect(failed.error?.message).toMatch(/^The customer could not be saved in the phonebook: /);
		expect(failed.error?.message).toContain('Zoho CRM');
		const [row] = await stack.ledgerOf(callId);
		expect(row).toMatchObject({ status: 'logged', recordId: leadId });
		expect(contacts()).toHaveLength(1);
	});
});
