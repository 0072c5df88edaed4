import { DateTime } from 'luxon';
import { criteriaText } from '../../../nodes/Zoho/crm/records/criteria';
import { momentOf } from '../../../nodes/actions/momentOf';
import { zohoDate, zohoDateTime } from '../../../nodes/Zoho/dateTimes';
import {
	defaultListFields,
	isWritable,
	refuseUnknownFields,
	type CrmField,
} from '../../../nodes/Zoho/crm/metadata/fields';
import { zohoValue } from '../../../nodes/Zoho/crm/records/fieldValues';
import { activityLink } from '../../../nodes/Zoho/crm/records/activityLink';
import { timedCache } from '../../../nodes/transport/timedCache';
import { modulePath, recordPath, recordUrl } from '../../../nodes/Zoho/transport/paths';

const ZONE = 'Europe/Zurich';
const ID = '554023000001300001';
const field = (data_type: string, rest: Partial<CrmField> = {}): CrmField => ({
	api_name: 'Some_Field',
	field_label: 'Some Field',
	data_type,
	...rest,
});

describe('times', () => {
	it.each<[unknown, string]>([
		['2026-03-04T08:15:00Z', '2026-03-04T09:15:00+01:00'],
		['2026-03-04T08:15:00.123Z', '2026-03-04T09:15:00+01:00'],
		['2026-07-04T09:15:00', '2026-07-04T09:15:00+02:00'],
		['2026-03-04 09:15:00', '2026-03-04T09:15:00+01:00'],
		[Date.UTC(2026, 2, 4, 8, 15), '2026-03-04T09:15:00+01:00'],
		[new Date(Date.UTC(2026, 2, 4, 8, 15)), '2026-03-04T09:15:00+01:00'],
		[DateTime.fromISO('2026-03-04T08:15:00', { zone: 'utc' }), '2026-03-04T08:15:00+00:00'],
		[{ toISO: () => '2026-03-04T08:15:00.000Z' }, '2026-03-04T09:15:00+01:00'],
	])('%j', (value, expected) => {
		const moment = momentOf(value, ZONE);
		expect(moment && zohoDateTime(moment)).toBe(expected);
	});

	it.each(['soon', '', null, {}, true])('%j is no moment', (value) => {
		expect(momentOf(value, ZONE)).toBeNull();
	});

	it('gives the day in the zone of the moment', () => {
		const moment = momentOf('2026-03-04T23:30:00Z', ZONE);
		expect(moment && zohoDate(moment)).toBe('2026-03-05');
	});
});

describe('values of fields', () => {
	it.each<[CrmField, unknown, unknown]>([
		[field('datetime'), '2026-03-04T08:15:00Z', '2026-03-04T09:15:00+01:00'],
		[field('date'), '2026-03-04', '2026-03-04'],
		[field('date'), '2026-03-04T23:30:00Z', '2026-03-05'],
		[field('lookup'), ID, { id: ID }],
		[field('lookup'), { id: ID, name: 'Acme' }, { id: ID }],
		[field('ownerlookup'), ` ${ID} `, { id: ID }],
		[field('multiselectpicklist'), 'A; B', ['A', 'B']],
		[field('multiselectpicklist'), ['A'], ['A']],
		[field('boolean'), 'true', true],
		[field('boolean'), false, false],
		[field('integer'), '12', 12],
		[field('currency'), 12.5, 12.5],
		[field('phone'), 41445550123, '41445550123'],
		[field('text'), 'Acme', 'Acme'],
		[field('text'), null, null],
		[field('subform'), [{ Name: 'x' }], [{ Name: 'x' }]],
	])('%j of %j', (given, value, expected) => {
		expect(zohoValue(given, value, ZONE)).toEqual(expected);
	});

	it.each<[CrmField, unknown, RegExp]>([
		[field('datetime'), 'soon', /Some_Field is not a date/],
		[field('date'), 'soon', /Some_Field is not a date/],
		[field('boolean'), 'maybe', /Some_Field is neither true nor false/],
		[field('integer'), 'many', /Some_Field is not a number/],
		[field('integer'), ' ', /Some_Field is not a number/],
	])('%j refuses %j', (given, value, message) => {
		expect(() => zohoValue(given, value, ZONE)).toThrow(message);
	});
});

describe('metadata', () => {
	const fields = [
		field('text', { api_name: 'City' }),
		field('subform', { api_name: 'Lines' }),
		field('phone', { api_name: 'Phone' }),
		field('text', { api_name: 'Last_Name', system_mandatory: true }),
		...Array.from({ length: 60 }, (_, index) => field('text', { api_name: `Text_${index}` })),
	];

	it('lists the useful fields first and not more than Zoho takes', () => {
		const names = defaultListFields(fields);
		expect(names.slice(0, 3)).toEqual(['Last_Name', 'Phone', 'City']);
		expect(names).toHaveLength(50);
		expect(names).not.toContain('Lines');
	});

	it('refuses fields that Zoho would drop, and lets instructions pass', () => {
		expect(() =>
			refuseUnknownFields('Contacts', ['City', 'Citty', 'phone', '$append_values', 'id'], fields),
		).toThrow('Zoho CRM has no field "Citty", "phone" in Contacts');
	});

	it.each<[Partial<CrmField>, 'create' | 'update', boolean]>([
		[{}, 'create', true],
		[{ read_only: true }, 'create', false],
		[{ field_read_only: true }, 'update', false],
		[{ data_type: 'formula' }, 'create', false],
		[{ operation_type: { api_create: true, api_update: false } }, 'update', false],
		[{ operation_type: { api_create: true, api_update: false } }, 'create', true],
	])('%j can be written at %s: %s', (given, change, expected) => {
		expect(isWritable(field('text', given), change)).toBe(expected);
	});
});

describe('criteria', () => {
	it.each<[string, string, string]>([
		['equals', 'Acme (Bern), Ltd', '((Name:equals:Acme \\(Bern\\)\\, Ltd))'],
		['starts_with', 'back\\', '((Name:starts_with:back\\\\))'],
		['in', 'A, B(1)', '((Name:in:A,B\\(1\\)))'],
		['between', '2026-01-01,2026-02-01', '((Name:between:2026-01-01,2026-02-01))'],
	])('%s %j', (operator, value, expected) => {
		expect(criteriaText([{ field: 'Name', operator, value }], 'and')).toBe(expected);
	});

	it('joins conditions and refuses more than ten', () => {
		const one = { field: 'City', operator: 'equals', value: 'Bern' };
		expect(criteriaText([one, one], 'or')).toBe('((City:equals:Bern)or(City:equals:Bern))');
		expect(() =>
			criteriaText(
				Array.from({ length: 11 }, () => one),
				'and',
			),
		).toThrow(/10 conditions/);
	});
});

describe('addresses', () => {
	it.each(['../users', 'Contacts/search', '', '1Contacts', 'Contacts?x=1'])(
		'refuses the module %j',
		(module) => {
			expect(() => modulePath(module)).toThrow(/not the API name/);
		},
	);

	it.each(['', 'abc', '12', '1/2', '5.54e+17'])('refuses the id %j', (id) => {
		expect(() => recordPath('Contacts', id)).toThrow(/record ID/);
	});

	it.each([
		['Contacts', `https://crm.zoho.eu/crm/tab/Contacts/${ID}`],
		['Deals', `https://crm.zoho.eu/crm/tab/Potentials/${ID}`],
		['Sites', null],
	])('%s in the browser', (module, url) => {
		expect(recordUrl('https://crm.zoho.eu', module, ID)).toBe(url);
		expect(recordUrl('', module, ID)).toBeNull();
	});

	it('ties an activity to a contact in another way than to anything else', () => {
		expect(activityLink('Contacts', ID)).toEqual({ Who_Id: { id: ID } });
		expect(activityLink('Leads', ID)).toEqual({
			What_Id: { id: ID },
			$se_module: 'Leads',
		});
	});
});

describe('timedCache', () => {
	it('remembers for a while, shares a load and forgets failures', async () => {
		let now = 0;
		let loads = 0;
		const cached = timedCache<number>(1_000, { now: () => now });
		const load = async () => await Promise.resolve(++loads);
		await expect(Promise.all([cached('a', load), cached('a', load)])).resolves.toEqual([1, 1]);
		await expect(cached('b', load)).resolves.toBe(2);
		now = 999;
		await expect(cached('a', load)).resolves.toBe(1);
		now = 1_000;
		await expect(cached('a', load)).resolves.toBe(3);
		await expect(cached('c', async () => await Promise.reject(new Error('no')))).rejects.toThrow(
			'no',
		);
		await expect(cached('c', load)).resolves.toBe(4);
	});
});
