import { sampleChange } from '../../../nodes/Zoho/crm/events/sampleChange';
import type { ChangeWish } from '../../../nodes/Zoho/crm/events/triggerSettings';
import { startCrmTrigger, type CrmTrigger } from './crmTrigger.mts';

let crm: CrmTrigger;
beforeEach(async () => {
	crm = await startCrmTrigger();
});
afterEach(async () => await crm.close());

const sample = async (wish: Partial<ChangeWish>) =>
	await sampleChange(crm.client, {
		modules: ['Contacts'],
		changes: ['created', 'updated', 'deleted'],
		updatedFields: {},
		...wish,
	});

describe('the sample of a test', () => {
	it('shows the customer of the record that changed last, whatever fields are chosen', async () => {
		const account = crm.zoho.insert('Accounts', { Account_Name: '明德科技' });
		const id = crm.zoho.insert('Contacts', {
			First_Name: '伟',
			Last_Name: '张',
			Account_Name: { id: account },
			Direct_Line: '0755-26601234',
			Mobile: '13800138000',
			Email: 'zhang@example.com',
		});
		expect(await sample({ updatedFields: { Contacts: ['Email'] } })).toMatchObject({
			event: 'updated',
			recordId: id,
			receivedBy: 'search',
			customer: {
				source: { system: 'Zoho CRM', module: 'Contacts', id },
				deleted: false,
				name: '张伟',
				company: '明德科技',
				email: 'zhang@example.com',
				numbers: [
					{ kind: 'mobile', number: '13800138000' },
					{ kind: 'business', number: '0755-26601234' },
				],
			},
		});
	});

	it('shows a customer that is gone if only deletions are wanted', async () => {
		const id = crm.zoho.insert('Contacts', { Last_Name: 'Brunner', Phone: '1234567' });
		expect(await sample({ changes: ['deleted'] })).toMatchObject({
			event: 'deleted',
			record: null,
			customer: { source: { id }, deleted: true, name: '', numbers: [] },
		});
	});

	it('takes the next module if one is empty, and shows no customer where records are none', async () => {
		crm.zoho.insert('Deals', { Deal_Name: 'Roof', Stage: 'Qualification' });
		const item = await sample({ modules: ['Contacts', 'Deals'], changes: ['created'] });
		expect(item).toMatchObject({ event: 'created', module: 'Deals', customer: null });
	});

	it('says so if there is no record at all', async () => {
		await expect(sample({})).rejects.toThrow('Zoho CRM has no record in the chosen modules');
	});
});
