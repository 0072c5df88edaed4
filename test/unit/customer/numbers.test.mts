import { customerNumbers } from '../../../nodes/customer/customerNumbers';
import { numberKind } from '../../../nodes/customer/numberKind';
import { personName } from '../../../nodes/customer/personName';
import { utcTime } from '../../../nodes/customer/utcTime';

it.each([
	['Mobile', 'Mobile', 'mobile'],
	['Phone', 'Phone', 'business'],
	['Home Phone', 'Home_Phone', 'home'],
	['Fax', 'Fax', 'businessFax'],
	['Home Fax', 'Home_Fax', 'homeFax'],
	['Other Phone', 'Other_Phone', 'other'],
	['Asst Phone', 'Asst_Phone', 'other'],
	['Assistant Mobile', 'Assistant_Mobile', 'other'],
	['Direct Line', 'Direct_Line', 'business'],
	['WhatsApp', 'Chat_1', 'mobile'],
	['Cell', 'Field_7', 'mobile'],
	['Telefax', 'Telefax', 'businessFax'],
	['手机', 'Phone', 'mobile'],
	['移动电话', 'Field_1', 'mobile'],
	['传真', 'Field_2', 'businessFax'],
	['家庭传真', 'Field_3', 'homeFax'],
	['家庭电话', 'Field_4', 'home'],
	['住宅电话', 'Phone', 'home'],
	['电话', 'Field_5', 'business'],
	['办公座机', 'Field_6', 'business'],
	['其他电话', 'Phone', 'other'],
	['助理电话', 'Phone', 'other'],
	['Durchwahl', 'Home_Phone', 'home'],
	['Durchwahl', 'Field_9', 'other'],
])('the field %s (%s) holds a number of kind %s', (label, apiName, kind) => {
	expect(numberKind(label, apiName)).toBe(kind);
});

it("puts the customer's own telephones first and faxes last, keeps the order otherwise, and drops empty ones", () => {
	expect(
		customerNumbers([
			{ kind: 'businessFax', value: '1' },
			{ kind: 'other', value: '2' },
			{ kind: 'mobile', value: '+86 138 0013 8000' },
			{ kind: 'business', value: ' ' },
			{ kind: 'home', value: null },
			{ kind: 'business', value: '+86 138 0013 8000' },
			{ kind: 'other', value: { id: '4' } },
		]),
	).toEqual([
		{ kind: 'mobile', number: '+86 138 0013 8000' },
		{ kind: 'business', number: '+86 138 0013 8000' },
		{ kind: 'other', number: '2' },
		{ kind: 'businessFax', number: '1' },
	]);
});

it.each([
	['Nora', 'Brunner', '', 'Nora Brunner'],
	['Nora', 'Brunner', 'Brunner Nora', 'Brunner Nora'],
	[null, 'Brunner', '', 'Brunner'],
	['伟', '张', '伟 张', '张伟'],
	[null, '张伟', '', '张伟'],
	['Wei', '张', '', 'Wei 张'],
	[null, null, '', ''],
])('reads first name %s, last name %s and full name "%s" as "%s"', (first, last, full, read) => {
	expect(personName(first, last, full)).toBe(read);
});

it.each([
	['2026-03-04T09:15:00+01:00', '2026-03-04T08:15:00.000Z'],
	['2026-03-04T09:15:00.000Z', '2026-03-04T09:15:00.000Z'],
	['2026-03-04T09:15:00', null],
	['yesterday+01:00', null],
	['', null],
	[undefined, null],
])('reads the time %s as %s', (given, read) => {
	expect(utcTime(given)).toBe(read);
});
