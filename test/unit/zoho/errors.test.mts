import {
	duplicateOf,
	reportError,
	successOf,
	unreadableAnswerError,
} from '../../../nodes/Zoho/transport/errors';
import { isReport, type ZohoReport } from '../../../nodes/Zoho/transport/ZohoReport';
import { scopesFor } from '../../../nodes/Zoho/transport/scopes';

const report = (code: string, rest: Partial<ZohoReport> = {}): ZohoReport => ({
	code,
	status: 'error',
	...rest,
});

describe('what Zoho CRM refuses, in plain words', () => {
	it.each<[ZohoReport, object, string, RegExp, RegExp]>([
		[report('INVALID_TOKEN'), {}, 'credentials', /does not accept the token/, /data centre/],
		[report('AUTHENTICATION_FAILURE'), {}, 'credentials', /log-in/, /connect it again/],
		[
			report('OAUTH_SCOPE_MISMATCH'),
			{ path: '/Contacts/search' },
			'permission',
			/ZohoSearch\.securesearch\.READ/,
			/Scope field/,
		],
		[
			report('NO_PERMISSION', { details: { permissions: ['Crm_Implied_Api_Access'] } }),
			{ httpStatus: 403 },
			'permission',
			/Crm_Implied_Api_Access/,
			/administrator/,
		],
		[report('TOO_MANY_REQUESTS'), {}, 'limit', /no more requests/, /credits/],
		[
			report('OAUTH_SCOPE_MISMATCH'),
			{ path: '/bulk/read' },
			'permission',
			/ZohoCRM\.bulk\.READ, ZohoCRM\.modules\.ALL/,
			/Scope field/,
		],
		...['JOB_NOT_SUPPORTED', 'MODULE_NOT_AVAILABLE', 'MODULE_NOT_SUPPORTED'].map(
			(code) =>
				[
					report(code, { details: { resource: 'Notes' } }),
					{ httpStatus: 400, path: '/bulk/read' },
					'refused',
					new RegExp(`does not give this module by bulk read \\(${code}\\)`),
					/Read By to Automatic or to Pages/,
				] as [ZohoReport, object, string, RegExp, RegExp],
		),
		[
			report('FIELD_NOT_AVAILABLE', { details: { api_name: 'Home_Phone' } }),
			{ httpStatus: 400, path: '/bulk/read' },
			'refused',
			/does not give the field Home_Phone by bulk read \(FIELD_NOT_AVAILABLE\)/,
			/Read By to Automatic or to Pages/,
		],
		[
			report('FIELD_NOT_SUPPORTED'),
			{ httpStatus: 400, path: '/bulk/read' },
			'refused',
			/the field that was asked for by bulk read \(FIELD_NOT_SUPPORTED\)/,
			/Read By to Automatic or to Pages/,
		],
		[
			report('NOT_SUPPORTED_FEATURE'),
			{ httpStatus: 400, path: '/bulk/read' },
			'refused',
			/edition of Zoho CRM has no bulk read/,
			/Read By to Automatic or to Pages/,
		],
		[
			report('RESOURCE_NOT_FOUND', {
				details: { resource: '554023000001400001' },
			}),
			{ httpStatus: 404, path: '/bulk/read/554023000001400001' },
			'notFound',
			/does not know this bulk read any more/,
			/Run the node again/,
		],
		[
			report('MANDATORY_NOT_FOUND', { details: { api_name: 'Last_Name' } }),
			{},
			'refused',
			/needs a value for Last_Name/,
			/Add the field/,
		],
		[
			report('EXPECTED_FIELD_MISSING', {
				details: { expected_fields: [{ api_name: 'Note_Title' }, { api_name: 'Note_Content' }] },
			}),
			{},
			'refused',
			/Note_Title, Note_Content/,
			/Add the field/,
		],
		[
			report('INVALID_DATA', { details: { api_name: 'Phone', expected_data_type: 'phone' } }),
			{},
			'refused',
			/field Phone: it must be of the type phone/,
			/Correct the value of Phone/,
		],
		[
			report('INVALID_DATA', { details: { api_name: 'Phone', maximum_length: 30 } }),
			{},
			'refused',
			/30 long at most/,
			/Phone/,
		],
		[
			report('INVALID_DATA', {
				details: { api_name: 'Lead_Source', supported_values: ['A', 'B'] },
			}),
			{},
			'refused',
			/possible are A, B/,
			/Lead_Source/,
		],
		[
			report('INVALID_DATA', { message: 'the id given seems to be invalid' }),
			{},
			'notFound',
			/does not know the record/,
			/still exists/,
		],
		[
			report('INVALID_DATA', {
				message: 'the id given seems to be invalid',
				details: { api_name: 'id' },
			}),
			{},
			'notFound',
			/does not know the record/,
			/still exists/,
		],
		[
			report('INVALID_DATA', {
				message: 'the id given seems to be invalid',
				details: { api_name: 'Account_Name' },
			}),
			{},
			'refused',
			/field Account_Name points to/,
			/Account_Name still exists/,
		],
		[
			report('DUPLICATE_DATA', {
				details: {
					api_name: 'Email',
					duplicate_record: { id: '554023000001200777', module: { api_name: 'Contacts' } },
				},
			}),
			{},
			'refused',
			/same Email: Contacts 554023000001200777/,
			/Create or Update/,
		],
		[
			report('DEPENDENT_MISMATCH', { message: 'Call Duration can not be zero.' }),
			{},
			'refused',
			/Call Duration can not be zero/,
			/Correct/,
		],
		[report('RECORD_LOCKED'), {}, 'refused', /locked/, /Unlock/],
		[report('INVALID_MODULE'), {}, 'refused', /no such module/, /case-sensitive/],
		[report('INVALID_QUERY', { message: 'column given' }), {}, 'refused', /column given/, /COQL/],
		[report('NOT_SUPPORTED'), { httpStatus: 403 }, 'permission', /administrators/, /Administrator/],
		[report('NOT_SUPPORTED'), { httpStatus: 400 }, 'refused', /NOT_SUPPORTED/, /module/],
		[report('INTERNAL_ERROR'), { httpStatus: 500 }, 'unavailable', /not working/, /few minutes/],
		[report('SOMETHING_NEW', { message: 'text' }), {}, 'refused', /SOMETHING_NEW.*text/, /code/],
		[report('SOMETHING_NEW'), { httpStatus: 502 }, 'unavailable', /HTTP 502/, /few minutes/],
	])('%j', (given, origin, kind, message, advice) => {
		const error = reportError(given, origin);
		expect(error.kind).toBe(kind);
		expect(error.message).toMatch(message);
		expect(error.advice).toMatch(advice);
		expect(error.code).toBe(given.code);
		expect(error.message).not.toMatch(/error|problem|failure|mistake/i);
	});

	it.each([
		[200, 'invalidAnswer', /is not Zoho CRM/],
		[404, 'invalidAnswer', /HTTP 404/],
		[429, 'limit', /no more requests/],
		[502, 'unavailable', /HTTP 502/],
		[503, 'unavailable', /HTTP 503/],
	])('a page with status %d', (status, kind, message) => {
		const error = unreadableAnswerError(status);
		expect(error.kind).toBe(kind);
		expect(error.message).toMatch(message);
	});
});

describe('successOf', () => {
	it('gives id, action and details', () => {
		const entry = {
			code: 'SUCCESS',
			status: 'success',
			message: 'record added',
			action: 'insert',
			details: { id: '554023000001300001', Created_Time: '2026-03-04T09:15:02+01:00' },
		};
		expect(successOf(entry)).toEqual({
			id: '554023000001300001',
			action: 'insert',
			details: entry.details,
		});
	});

	it('throws what Zoho has against the record', () => {
		expect(() => successOf(report('RECORD_LOCKED'))).toThrow(/locked/);
	});

	it.each([undefined, null, {}, 'text'])('refuses %j as an answer', (entry) => {
		expect(() => successOf(entry)).toThrow(/did not say/);
	});
});

describe('duplicateOf', () => {
	it('names the record in the way', () => {
		const entry = report('DUPLICATE_DATA', {
			details: {
				api_name: 'Phone',
				duplicate_record: { id: '1', module: { api_name: 'Leads' } },
			},
		});
		expect(duplicateOf(entry)).toEqual({ id: '1', module: 'Leads', field: 'Phone' });
	});

	it.each([report('INVALID_DATA'), report('DUPLICATE_DATA'), undefined])('%j', (entry) => {
		expect(duplicateOf(entry)).toBeNull();
	});
});

describe('isReport', () => {
	it.each([
		[report('INVALID_TOKEN'), true],
		[{ data: [] }, false],
		[null, false],
		['<html>', false],
	])('%j', (value, expected) => {
		expect(isReport(value)).toBe(expected);
	});
});

describe('scopesFor', () => {
	it.each([
		['/users', ['ZohoCRM.users.READ']],
		['/org', ['ZohoCRM.org.READ']],
		['/settings/fields', ['ZohoCRM.settings.ALL']],
		['/coql', ['ZohoCRM.coql.READ', 'ZohoCRM.modules.ALL']],
		['/__composite_requests', ['ZohoCRM.composite_requests.CUSTOM']],
		['/Leads/search', ['ZohoSearch.securesearch.READ', 'ZohoCRM.modules.ALL']],
		['/Contacts/554023000001300001', ['ZohoCRM.modules.ALL']],
		['/bulk/read', ['ZohoCRM.bulk.READ', 'ZohoCRM.modules.ALL']],
		['/bulk/read/554023000001400001/result', ['ZohoCRM.bulk.READ', 'ZohoCRM.modules.ALL']],
		['/bulkmail', ['ZohoCRM.modules.ALL']],
	])('%s', (path, scopes) => {
		expect(scopesFor(path)).toEqual(scopes);
	});
});
