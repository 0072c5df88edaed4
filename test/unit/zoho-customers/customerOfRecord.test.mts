import type { IDataObject } from 'n8n-workflow';
import { customerFields } from '../../../nodes/Zoho/crm/customers/customerFields';
import {
	customerOfRecord,
	deletedCustomer,
} from '../../../nodes/Zoho/crm/customers/customerOfRecord';
import type { CrmField } from '../../../nodes/Zoho/crm/metadata/fields';
import {
	customerOfRecord as customerOfDeskRecord,
	deletedCustomer as deletedDeskCustomer,
} from '../../../nodes/Zoho/desk/customers/customerOfRecord';
import type { DeskField } from '../../../nodes/Zoho/desk/metadata/fields';

const id = '554023000001234567';

const fields = (types: Record<string, string>, labels: Record<string, string> = {}): CrmField[] =>
	Object.entries(types).map(([api_name, data_type]) => ({
		api_name,
		data_type,
		field_label: labels[api_name] ?? api_name.replace(/_/g, ' '),
	}));

const CONTACT_FIELDS = fields(
	{
		First_Name: 'text',
		Last_Name: 'text',
		Full_Name: 'text',
		Account_Name: 'lookup',
		Secondary_Email: 'email',
		Email: 'email',
		Fax: 'phone',
		Asst_Phone: 'phone',
		Phone: 'phone',
		Mobile: 'phone',
		Home_Phone: 'phone',
		Shouji_2: 'phone',
		Title: 'text',
		Modified_Time: 'datetime',
	},
	{ Shouji_2: '手机 2' },
);
const LEAD_FIELDS = fields({
	Last_Name: 'text',
	Company: 'text',
	Email: 'email',
	Phone: 'phone',
	Converted__s: 'boolean',
});
const ACCOUNT_FIELDS = fields({ Account_Name: 'text', Phone: 'phone', Fax: 'phone' });
const SITE_FIELDS = fields({ Name: 'text', Site_Phone: 'phone' });

const EMPTY = {
	deleted: false,
	firstName: null,
	lastName: null,
	name: '',
	company: '',
	email: '',
	numbers: [],
	modifiedAt: null,
};

it('makes a customer of a contact', () => {
	const record = {
		id,
		First_Name: 'Nora',
		Last_Name: 'Brunner',
		Full_Name: 'Nora Brunner',
		Account_Name: { id: '554023000001234000', name: 'Seeblick AG' },
		Email: 'nora@example.ch',
		Secondary_Email: 'n@example.ch',
		Phone: '+41 44 555 01 23',
		Mobile: '079 555 01 23 ext 4',
		Home_Phone: null,
		Asst_Phone: '+41 44 555 01 24',
		Fax: '+41 44 555 01 25',
		Shouji_2: '13800138000',
		Title: '+41 44 555 99 99',
		Modified_Time: '2026-03-04T09:15:00+01:00',
	};
	expect(customerOfRecord('Contacts', record, CONTACT_FIELDS)).toEqual({
		source: { system: 'Zoho CRM', module: 'Contacts', id },
		deleted: false,
		firstName: 'Nora',
		lastName: 'Brunner',
		name: 'Nora Brunner',
		company: 'Seeblick AG',
		email: 'nora@example.ch',
		numbers: [
			{ kind: 'business', number: '+41 44 555 01 23' },
			{ kind: 'mobile', number: '079 555 01 23 ext 4' },
			{ kind: 'mobile', number: '13800138000' },
			{ kind: 'other', number: '+41 44 555 01 24' },
			{ kind: 'businessFax', number: '+41 44 555 01 25' },
		],
		modifiedAt: '2026-03-04T08:15:00.000Z',
	});
});

const crmCases: Array<[string, string, IDataObject, CrmField[], object]> = [
	[
		'a lead with its company',
		'Leads',
		{
			id,
			Last_Name: '王芳',
			Company: '明德科技',
			Email: 'wang@example.cn',
			Phone: '0755-26601234',
		},
		LEAD_FIELDS,
		{
			lastName: '王芳',
			name: '王芳',
			company: '明德科技',
			email: 'wang@example.cn',
			numbers: [{ kind: 'business', number: '0755-26601234' }],
		},
	],
	[
		'an account',
		'Accounts',
		{ id, Account_Name: 'Seeblick AG', Phone: '1', Fax: '2' },
		ACCOUNT_FIELDS,
		{
			name: 'Seeblick AG',
			company: 'Seeblick AG',
			numbers: [
				{ kind: 'business', number: '1' },
				{ kind: 'businessFax', number: '2' },
			],
		},
	],
	[
		'a record of a custom module',
		'Sites',
		{ id, Name: 'Depot 4', Site_Phone: '1' },
		SITE_FIELDS,
		{ name: 'Depot 4', numbers: [{ kind: 'business', number: '1' }] },
	],
	['a record without name and number', 'Contacts', { id }, CONTACT_FIELDS, {}],
	[
		'a contact whose only e-mail address is the second one, with a lookup that names no account',
		'Contacts',
		{ id, Last_Name: ' Brunner ', Secondary_Email: 'n@example.ch', Account_Name: null },
		CONTACT_FIELDS,
		{ lastName: 'Brunner', name: 'Brunner', email: 'n@example.ch' },
	],
];

it.each(crmCases)('Zoho CRM: %s', (_, module, record, known, expected) => {
	expect(customerOfRecord(module, record, known)).toEqual({
		...EMPTY,
		...expected,
		source: { system: 'Zoho CRM', module, id },
	});
});

it.each([{ Converted__s: true }, { Converted__s: 'true' }, { $converted: true }])(
	'a converted lead is gone: %j',
	(mark) => {
		const record = { id, Last_Name: 'Brunner', Phone: '1', ...mark };
		expect(customerOfRecord('Leads', record, LEAD_FIELDS)).toEqual(deletedCustomer('Leads', id));
	},
);

it.each([
	['Deals', { id, Phone: '1' }, SITE_FIELDS],
	['Cases', { id, Phone: '1' }, fields({ Phone: 'phone' })],
	['Sites', { id, Name: 'Depot 4' }, fields({ Name: 'text' })],
	['Contacts', { Last_Name: 'Brunner' }, CONTACT_FIELDS],
])('makes no customer of a record of %s such as %j', (module, record, known) => {
	expect(customerOfRecord(module, record, known)).toBeNull();
});

it('asks for the fields that are read and no others, 50 at most', () => {
	expect(customerFields(CONTACT_FIELDS)).toEqual([
		...['First_Name', 'Last_Name', 'Full_Name', 'Account_Name', 'Modified_Time'],
		...['Fax', 'Asst_Phone', 'Phone', 'Mobile', 'Home_Phone', 'Shouji_2'],
		...['Email', 'Secondary_Email'],
	]);
	const many = Object.fromEntries(Array.from({ length: 60 }, (_, each) => [`P${each}`, 'phone']));
	expect(customerFields(fields(many))).toHaveLength(50);
});

it('says that a record of Zoho CRM was deleted', () => {
	expect(deletedCustomer('Contacts', id)).toEqual({
		...EMPTY,
		source: { system: 'Zoho CRM', module: 'Contacts', id },
		deleted: true,
	});
});

const DESK_FIELDS: DeskField[] = [
	{ apiName: 'phone', displayLabel: 'Phone', type: 'Phone' },
	{ apiName: 'cf_shou_ji', displayLabel: '手机', type: 'Phone' },
	{ apiName: 'cf_order', displayLabel: 'Order Phone', type: 'Text' },
];

it('makes a customer of a contact of Zoho Desk', () => {
	const record = {
		id: '22372000000101001',
		firstName: 'Nora',
		lastName: 'Brunner',
		email: 'nora@example.ch',
		phone: '+41 44 555 01 23',
		mobile: '079 555 01 23',
		account: { id: '22372000000101002', accountName: 'Seeblick AG' },
		cf: { cf_shou_ji: '13800138000', cf_order: '26601234' },
		isSpam: false,
		modifiedTime: '2026-03-04T08:15:00.000Z',
	};
	expect(customerOfDeskRecord('contacts', record, DESK_FIELDS)).toEqual({
		source: { system: 'Zoho Desk', module: 'contacts', id: '22372000000101001' },
		deleted: false,
		firstName: 'Nora',
		lastName: 'Brunner',
		name: 'Nora Brunner',
		company: 'Seeblick AG',
		email: 'nora@example.ch',
		numbers: [
			{ kind: 'business', number: '+41 44 555 01 23' },
			{ kind: 'mobile', number: '079 555 01 23' },
			{ kind: 'mobile', number: '13800138000' },
		],
		modifiedAt: '2026-03-04T08:15:00.000Z',
	});
});

it('makes a customer of an account of Zoho Desk', () => {
	const record = {
		id: '22372000000101002',
		accountName: '明德科技',
		phone: '1',
		fax: '2',
		email: '',
	};
	expect(customerOfDeskRecord('accounts', record, [])).toEqual({
		...EMPTY,
		source: { system: 'Zoho Desk', module: 'accounts', id: '22372000000101002' },
		name: '明德科技',
		company: '明德科技',
		numbers: [
			{ kind: 'business', number: '1' },
			{ kind: 'businessFax', number: '2' },
		],
	});
});

it.each([{ isTrashed: true }, { isSpam: 'true' }, { isDeleted: true }])(
	'a contact of Zoho Desk is gone with %j',
	(mark) => {
		const record = { id: '22372000000101001', lastName: 'Brunner', phone: '1', ...mark };
		expect(customerOfDeskRecord('contacts', record, [])).toEqual(
			deletedDeskCustomer('contacts', '22372000000101001'),
		);
	},
);

it('makes no customer of a record of Zoho Desk that names no id', () => {
	expect(customerOfDeskRecord('contacts', { lastName: 'Brunner' }, [])).toBeNull();
});
