import { connectDesk } from '../../simulators/zoho/desk/deskClient.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

const HOUR = 3_600_000;

let now: number;
let zoho: ZohoSimulator;
let call: ReturnType<typeof connectDesk>;

beforeEach(async () => {
	now = Date.parse('2026-04-01T12:00:00Z');
	zoho = await startZohoSimulator({
		now: () => now,
		desk: { creditLimit: 10, concurrencyLimit: 3 },
	});
	call = connectDesk(zoho);
});
afterEach(() => zoho.close());

const me = () => call('GET', '/myinfo');
const get = (path: string, headers: Record<string, string>) =>
	fetch(`${zoho.baseUrl}/api/v1${path}`, { headers });
const refusal = async (response: Response) => [
	response.status,
	((await response.json()) as { errorCode: string }).errorCode,
];

describe('token and organisation', () => {
	it('are needed for everything but the list of organisations', async () => {
		const { orgId } = zoho.desk;
		const token = zoho.issueToken().access_token;
		const authorization = `Zoho-oauthtoken ${token}`;
		expect(await refusal(await get('/myinfo', { orgId }))).toEqual([401, 'INVALID_OAUTH']);
		expect(
			await refusal(await get('/myinfo', { orgId, authorization: 'Zoho-oauthtoken x' })),
		).toEqual([401, 'INVALID_OAUTH']);
		expect(await refusal(await get('/myinfo', { authorization }))).toEqual([
			422,
			'UNPROCESSABLE_ENTITY',
		]);
		expect(await refusal(await get('/myinfo', { authorization, orgId: '1' }))).toEqual([
			403,
			'OAUTH_ORG_MISMATCH',
		]);
		expect((await get('/myinfo', { authorization: `Bearer ${token}`, orgId })).status).toBe(200);
		const organizations = await get('/organizations', { authorization });
		expect(await organizations.json()).toEqual({
			data: [
				expect.objectContaining({
					id: orgId,
					companyName: 'Acme Help',
					portalName: 'acmehelp',
					isDefault: true,
					edition: 'ENTERPRISE',
				}),
			],
		});
	});

	it('end together with the tokens of CRM', async () => {
		zoho.expireAccessTokens();
		expect((await me()).body.errorCode).toBe('INVALID_OAUTH');
	});

	it('are several organisations, each with its own records', async () => {
		const other = zoho.desk.addOrganization({ orgId: '2', idPrefix: '432000' });
		zoho.desk.addOrganization({ orgId: '3', idPrefix: '433000', notGranted: true });
		const inOther = connectDesk(zoho, { orgId: '2' });
		const created = await inOther('POST', '/contacts', { body: { lastName: 'A' } });
		expect(created.body.id).toMatch(/^432000/);
		expect(zoho.desk.records('contacts')).toEqual([]);
		expect(other.records('contacts')).toHaveLength(1);
		expect((await call('GET', '/organizations')).body.data).toHaveLength(3);
		expect((await call('GET', '/accessibleOrganizations')).body.data).toHaveLength(2);
		const third = await connectDesk(zoho, { orgId: '3' })('GET', '/myinfo');
		expect(third.body.errorCode).toBe('OAUTH_ORG_MISMATCH');
	});

	it('refuse query parameters of organisations', async () => {
		const { status } = await call('GET', '/organizations', { query: { limit: '1' } });
		expect(status).toBe(422);
	});
});

describe('scopes', () => {
	it.each([
		['GET', '/organizations', ['Desk.basic.READ']],
		['GET', '/contacts/search', ['Desk.search.READ']],
		['GET', '/contacts/search', ['Desk.contacts.ALL']],
		['POST', '/tickets', ['Desk.tickets.READ']],
		['GET', '/calls', ['Desk.tickets.ALL']],
		['GET', '/layouts', ['Desk.basic.ALL']],
		['GET', '/webhooks', ['Desk.webhooks.CREATE']],
		['GET', '/tickets', ['ZohoCRM.modules.ALL']],
	])('%s %s is more than %j grants', async (method, path, scopes) => {
		const { status, body } = await connectDesk(zoho, { scopes })(method, path, {
			...(method === 'POST' && { body: { subject: 'A' } }),
		});
		expect([status, body.errorCode]).toEqual([403, 'SCOPE_MISMATCH']);
	});

	it.each([['Desk.calls.READ'], ['Desk.activities.ALL'], ['Desk.activities.calls.READ']])(
		'%s is enough for calls',
		async (scope) => {
			expect((await connectDesk(zoho, { scopes: [scope] })('GET', '/calls')).status).toBe(204);
		},
	);
});

describe('requests', () => {
	it('to unknown addresses or with another method are refused', async () => {
		const unknown = await call('GET', '/nothing');
		expect([unknown.status, unknown.body.errorCode]).toEqual([404, 'URL_NOT_FOUND']);
		const noSending = await call('POST', '/im/sessions/1/messages', { body: { text: 'a' } });
		expect(noSending.body.errorCode).toBe('URL_NOT_FOUND');
		const method = await call('DELETE', '/tickets/1');
		expect([method.status, method.body.errorCode]).toEqual([405, 'METHOD_NOT_ALLOWED']);
	});

	it.each([
		['text/plain', '{"lastName":"A"}', 415, 'UNSUPPORTED_MEDIA_TYPE'],
		['application/json', '{"lastName":', 400, 'BAD_REQUEST'],
		['application/json', '["A"]', 400, 'BAD_REQUEST'],
		['application/json', '', 422, 'EMPTY_PAYLOAD'],
		['application/json', '{}', 422, 'EMPTY_PAYLOAD'],
	])('with %s and the body %p are refused', async (type, body, status, errorCode) => {
		const response = await fetch(`${zoho.baseUrl}/api/v1/contacts`, {
			method: 'POST',
			headers: {
				authorization: `Zoho-oauthtoken ${zoho.issueToken().access_token}`,
				orgId: zoho.desk.orgId,
				'content-type': type,
			},
			body,
		});
		expect(await refusal(response)).toEqual([status, errorCode]);
	});

	it('are recorded without tokens', async () => {
		await call('POST', '/contacts', { body: { lastName: 'A' } });
		expect(zoho.desk.requests).toEqual([
			{
				method: 'POST',
				path: '/api/v1/contacts',
				query: {},
				body: { lastName: 'A' },
				status: 200,
				credits: 1,
				at: expect.any(Number) as number,
				answeredAt: expect.any(Number) as number,
				retryAfterMs: 0,
			},
		]);
	});
});

describe('credits', () => {
	it('are told with every answer: 1, for lists and searches 3, for the trash 6', async () => {
		const told = ({ headers }: Awaited<ReturnType<typeof me>>) => [
			headers.get('x-rate-limit-request-weight-v3'),
			headers.get('x-rate-limit-remaining-v3'),
		];
		expect(told(await me())).toEqual(['1', '9']);
		expect(told(await call('GET', '/contacts/search'))).toEqual(['3', '6']);
		const id = zoho.desk.insert('contacts', { lastName: 'A' });
		const trash = await call('POST', '/contacts/moveToTrash', { body: { contactIds: [id] } });
		expect([trash.status, ...told(trash)]).toEqual([204, '6', '0']);
	});

	it('run out, and come back after 24 hours', async () => {
		for (let count = 0; count < 10; count++) expect((await me()).status).toBe(200);
		zoho.desk.settings.retryAfterSeconds = 600;
		const refused = await me();
		expect([refused.status, refused.body.errorCode]).toEqual([429, 'THRESHOLD_EXCEEDED']);
		expect(refused.headers.get('retry-after')).toBe('600');
		expect((await call('GET', '/organizations')).status).toBe(200);
		now += 24 * HOUR;
		call = connectDesk(zoho);
		expect((await me()).status).toBe(200);
	});

	it('are those of the edition and its agents', () => {
		const { credits } = zoho.desk.addOrganization({
			orgId: '2',
			idPrefix: '432000',
			edition: 'PROFESSIONAL',
		}).state;
		// Eva Kunz, Marco Frei and Lina Roth count, the light and the disabled agent do not.
		expect(credits.limit).toBe(75_000 + 3 * 500);
	});

	it('are not those of CRM', async () => {
		await me();
		expect([zoho.desk.credits.used, zoho.credits.used]).toEqual([1, 0]);
	});
});

it('refuses calls that are too many at a time', async () => {
	zoho.desk.settings.latencyMs = 100;
	const answers = await Promise.all([1, 2, 3, 4].map(me));
	const refused = answers.filter(({ status }) => status === 429);
	expect(refused.map(({ body }) => body.errorCode)).toEqual(['TOO_MANY_REQUESTS']);
	expect(zoho.desk.concurrency.highest.calls).toBe(3);
});

describe('the free edition', () => {
	it.each([
		['GET', '/calls', 'Calls'],
		['POST', '/calls', 'Calls'],
		['GET', '/calls/search', 'Calls'],
		['GET', '/webhooks', 'Webhooks'],
		['POST', '/webhooks', 'Webhooks'],
	])('refuses %s %s', async (method, path, feature) => {
		zoho.desk.addOrganization({ orgId: '2', idPrefix: '432000', edition: 'FREE' });
		const free = connectDesk(zoho, { orgId: '2' });
		const { status, body } = await free(method, path, {
			...(method === 'POST' && { body: { name: 'a' } }),
		});
		expect(status).toBe(403);
		expect(body).toMatchObject({
			errorCode: 'LICENSE_ACCESS_LIMITED',
			feature,
			editionType: 'FREE',
		});
	});
});

describe('faults', () => {
	const create = () => call('POST', '/contacts', { body: { lastName: 'A' } });

	it('answer with an error and carry nothing out', async () => {
		zoho.desk.faults.add({ kind: 'status', status: 500, match: /^POST .*contacts$/ });
		expect((await me()).status).toBe(200);
		const failed = await create();
		expect([failed.status, failed.body.errorCode]).toEqual([500, 'INTERNAL_SERVER_ERROR']);
		expect(zoho.desk.records('contacts')).toEqual([]);
		expect((await create()).status).toBe(200);
	});

	it.each([
		[{ kind: 'status', status: 401 }, 401, 'INVALID_OAUTH'],
		[{ kind: 'status', status: 429, retryAfter: 3 }, 429, 'TOO_MANY_REQUESTS'],
		[{ kind: 'status', status: 429, errorCode: 'THRESHOLD_EXCEEDED' }, 429, 'THRESHOLD_EXCEEDED'],
		[{ kind: 'errorWith200' }, 200, 'INVALID_OAUTH'],
	] as const)('can be %j', async (fault, status, errorCode) => {
		zoho.desk.faults.add(fault);
		const answer = await create();
		expect([answer.status, answer.body.errorCode]).toEqual([status, errorCode]);
		expect(answer.headers.get('retry-after')).toBe('retryAfter' in fault ? '3' : null);
		expect(zoho.desk.records('contacts')).toEqual([]);
	});

	it.each([
		[{ kind: 'status', status: 401, html: true }, 401],
		[{ kind: 'status', status: 503 }, 503],
		[{ kind: 'notJson' }, 200],
	] as const)('can be a page: %j', async (fault, status) => {
		zoho.desk.faults.add(fault);
		const response = await get('/myinfo', {
			authorization: `Zoho-oauthtoken ${zoho.issueToken().access_token}`,
			orgId: zoho.desk.orgId,
		});
		expect(response.status).toBe(status);
		expect(response.headers.get('content-type')).toContain('text/html');
	});

	it.each([
		['drop', 0],
		['dropAfterCommit', 1],
	] as const)('end the connection: %s leaves %d records', async (kind, count) => {
		zoho.desk.faults.add({ kind });
		await expect(create()).rejects.toThrow();
		expect(zoho.desk.records('contacts')).toHaveLength(count);
	});

	it('answer with an error after the record was written', async () => {
		zoho.desk.faults.add({ kind: 'errorAfterCommit' });
		expect((await create()).status).toBe(500);
		expect(zoho.desk.records('contacts')).toHaveLength(1);
	});

	it('of Desk do not hit CRM, nor the other way round', async () => {
		zoho.faults.add({ kind: 'status', status: 500 });
		expect((await me()).status).toBe(200);
		expect(zoho.faults.pending).toHaveLength(1);
	});
});
