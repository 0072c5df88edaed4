import {
	deskReportError,
	isDeskReport,
	unreadableDeskAnswer,
	type DeskReport,
} from '../../../nodes/Zoho/transport/deskErrors';
import { DESK_SCOPES, deskScopesFor } from '../../../nodes/Zoho/transport/scopes';

const origin = { httpStatus: 422, path: '/contacts', orgId: '78412359' };
const missing = (fieldName: string) => ({ fieldName, errorType: 'missing', errorMessage: '' });

describe('what Zoho Desk refuses, in plain words', () => {
	it.each<[DeskReport, object, string, RegExp, RegExp]>([
		[{ errorCode: 'INVALID_OAUTH' }, {}, 'credentials', /does not accept the token/, /data centre/],
		[{ errorCode: 'UNAUTHORIZED' }, {}, 'credentials', /does not accept the token/, /connect/],
		[
			{ errorCode: 'SCOPE_MISMATCH' },
			{ path: '/contacts/search' },
			'permission',
			/Desk\.search\.READ, Desk\.contacts\.ALL/,
			/Scope field/,
		],
		[{ errorCode: 'OAUTH_ORG_MISMATCH' }, {}, 'permission', /78412359/, /Desk Organization ID/],
		[{ errorCode: 'FORBIDDEN' }, {}, 'permission', /lacks a right/, /administrator/],
		[
			{ errorCode: 'LICENSE_ACCESS_LIMITED', feature: 'Calls', editionType: 'FREE' },
			{},
			'permission',
			/Calls is not part of your edition of Zoho Desk \(FREE\)/,
			/edition/,
		],
		[{ errorCode: 'URL_NOT_FOUND' }, { httpStatus: 404 }, 'notFound', /does not know/, /ID/],
		[
			{ errorCode: 'INVALID_DATA', errors: [missing('/lastName'), missing('/cf/cf_class')] },
			{},
			'refused',
			/^Zoho Desk needs a value for lastName, cf_class$/,
			/Layouts and Fields/,
		],
		[
			{
				errorCode: 'INVALID_DATA',
				errors: [
					missing('/contact/lastName'),
					{ fieldName: '/email', errorType: 'invalid' },
					{ fieldName: '/phone', errorType: 'duplicate' },
				],
			},
			{},
			'refused',
			/needs a value for contact\.lastName, and does not accept the value of email, and already has a record with the same phone/,
			/pick list.*Update that record/,
		],
		[{ errorCode: 'INVALID_DATA', message: 'No' }, {}, 'refused', /in this request: "No"/, /Check/],
		[
			{ errorCode: 'UNPROCESSABLE_ENTITY', message: 'from exceeds' },
			{},
			'refused',
			/"from exceeds"/,
			/parameters/,
		],
		[{ errorCode: 'RESOURCE_SIZE_EXCEEDED' }, {}, 'refused', /too large/, /link/],
		[{ errorCode: 'EMPTY_PAYLOAD' }, {}, 'refused', /nothing to write/, /field/],
		[{ errorCode: 'BAD_REQUEST', message: 'x' }, {}, 'refused', /BAD_REQUEST.*"x"/, /address/],
		[{ errorCode: 'THRESHOLD_EXCEEDED' }, {}, 'limit', /credits .* used up/, /Wait/],
		[
			{ errorCode: 'TOO_MANY_REQUESTS' },
			{ retryAfterMs: 1_500 },
			'limit',
			/no more requests/,
			/wait 2 seconds/,
		],
		[
			{ errorCode: 'INTERNAL_SERVER_ERROR' },
			{ httpStatus: 500 },
			'unavailable',
			/HTTP 500/,
			/look whether it is already/,
		],
		[{ errorCode: 'NEW_CODE', message: 'x' }, {}, 'refused', /refuses this \(NEW_CODE\)/, /Look/],
		[{ errorCode: 'NEW_CODE' }, { httpStatus: 503 }, 'unavailable', /HTTP 503/, /minutes/],
	])('%j', (report, changes, kind, message, advice) => {
		const error = deskReportError(report, { ...origin, ...changes });
		expect(error).toMatchObject({ service: 'Zoho Desk', kind, code: report.errorCode });
		expect(error.message).toMatch(message);
		expect(error.advice).toMatch(advice);
	});

	it('waits for no credits, but for a place', () => {
		const lasting = (errorCode: string) => deskReportError({ errorCode }, origin).isLasting;
		expect(['THRESHOLD_EXCEEDED', 'TOO_MANY_REQUESTS'].map(lasting)).toEqual([true, false]);
	});

	it.each([
		[401, 'credentials'],
		[429, 'limit'],
		[502, 'unavailable'],
		[200, 'invalidAnswer'],
		[404, 'invalidAnswer'],
	])('a page with status %d', (httpStatus, kind) => {
		expect(unreadableDeskAnswer({ ...origin, httpStatus })).toMatchObject({ kind, httpStatus });
	});

	it.each([
		[{ errorCode: 'X' }, true],
		[{ errorCode: 'X', id: '1' }, false],
		[{ errorCode: 'X', data: [] }, false],
		[{ id: '1' }, false],
		[null, false],
	])('%j is a report: %s', (body, expected) => {
		expect(isDeskReport(body)).toBe(expected);
	});
});

it.each([
	'/organizations',
	'/agents',
	'/departments',
	'/layouts/1',
	'/search',
	'/accounts/search',
	'/groupContacts',
	'/calls/search',
	'/calls/1',
	'/tickets/search',
	'/tickets/1/comments',
	'/webhooks',
])('names only scopes that the credential asks for: %s', (path) => {
	const scopes = deskScopesFor(path);
	expect(scopes.length).toBeGreaterThan(0);
	expect(scopes.filter((scope) => !DESK_SCOPES.some((each) => each === scope))).toEqual([]);
});
