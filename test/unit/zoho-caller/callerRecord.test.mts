import {
	isConvertedLead,
	toCallerRecord,
	toCandidate,
} from '../../../nodes/Zoho/crm/caller/candidate';

it('takes every field that may hold a telephone number', () => {
	const { numbers } = toCandidate('Contacts', {
		id: '554023000001234567',
		Phone: '0755-26601234 转8',
		Mobile: '+86 138 0013 8000',
		Direct_Line: '(0755) 2660 1234 ext 8',
		Contact_Telephone: 'Tel 26601234, mornings',
		Lian_Xi_Dian_Hua: '26601234',
		Two_Numbers: '0755-26601234 / 13800138000',
		Fax: '0755-26601235',
		Other_Fax: '0755-26601235',
		Full_Name: 'Nora Brunner',
		Street: '1200 Seestrasse 7',
		Mailing_Zip: '518000',
		Account_Number: '26601234',
		Date_of_Birth: '1990-01-02',
		Modified_Time: '2026-03-04T09:15:00+01:00',
		Custom_Day: '2026-03-04',
		Description: 'Call 0755-26601234 before noon',
		Annual_Revenue: 26601234,
		Short_Phone: '12',
		Email: null,
		$approval_state: '123456789',
		Owner: { id: '13', name: 'Eva Kunz', email: 'eva@example.ch' },
	});
	expect(numbers.map(({ field }) => field)).toEqual([
		'Phone',
		'Mobile',
		'Direct_Line',
		'Contact_Telephone',
		'Lian_Xi_Dian_Hua',
		'Two_Numbers',
	]);
});

it.each([
	['Contacts', { Full_Name: 'Nora Brunner' }, 'Nora Brunner'],
	['Contacts', { First_Name: 'Nora', Last_Name: 'Brunner' }, 'Nora Brunner'],
	[
		'Contacts',
		{ First_Name: 'Nora', Last_Name: 'Brunner', Full_Name: 'Brunner Nora' },
		'Brunner Nora',
	],
	['Contacts', { First_Name: '伟', Last_Name: '张', Full_Name: '伟 张' }, '张伟'],
	['Leads', { First_Name: '伟', Last_Name: '张' }, '张伟'],
	['Leads', { First_Name: null, Last_Name: '张伟', Full_Name: '张伟' }, '张伟'],
	['Leads', { First_Name: 'Wei', Last_Name: '张', Full_Name: 'Wei 张' }, 'Wei 张'],
	['Contacts', { Last_Name: 'Brunner', Account_Name: { id: '1', name: 'AG' } }, 'Brunner'],
	['Accounts', { Account_Name: 'Brunner AG' }, 'Brunner AG'],
	['Sites', { Name: 'Roof' }, 'Roof'],
	['Sites', {}, ''],
])('names a record of %s %j: %s', (module, fields, name) => {
	const candidate = toCandidate(module, { id: '1', ...fields });
	expect(toCallerRecord(candidate, null)).toMatchObject({ module, id: '1', name });
});

it('keeps owner and account', () => {
	const candidate = toCandidate('Contacts', {
		id: '1',
		Owner: { id: '13', email: 'eva@example.ch' },
		Account_Name: { id: '7', name: 'AG' },
	});
	expect(toCallerRecord(candidate, 'https://crm.example')).toMatchObject({
		ownerId: '13',
		ownerEmail: 'eva@example.ch',
		accountId: '7',
		accountName: 'AG',
		url: 'https://crm.example',
	});
});

it.each([
	['Leads', { Converted__s: true }, true],
	['Leads', { $converted: true }, true],
	['Leads', { Converted__s: false }, false],
	['Contacts', { Converted__s: true }, false],
])('%s %j is a converted lead: %s', (module, fields, expected) => {
	expect(isConvertedLead(toCandidate(module, { id: '1', ...fields }))).toBe(expected);
});
