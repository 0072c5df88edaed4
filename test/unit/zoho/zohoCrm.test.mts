import {
	NodeApiError,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INode,
	type JsonObject,
} from 'n8n-workflow';
import { creditMeterOf } from '../../../nodes/Zoho/transport/creditMeter';
import { zohoCrmClient } from '../../../nodes/Zoho/transport/zohoCrm';

const noWaiting = { now: () => 0, random: () => 1, sleep: async () => await Promise.resolve() };

/** A context whose requests are answered by `answer`; `asked` collects them. */
function contextAnswering(
	answer: (options: IHttpRequestOptions, node: INode) => unknown,
	{ credentialId = '1', refreshToken = '1000.a' } = {},
) {
	const node = {
		id: '1',
		name: 'Zoho',
		type: 'zoho',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { callBridgeZohoOAuth2Api: { id: credentialId, name: 'Zoho' } },
	} as INode;
	const asked: IHttpRequestOptions[] = [];
	const context = {
		getNode: () => node,
		getCredentials: async () =>
			await Promise.resolve({
				dataCenter: 'eu',
				clientId: 'client',
				oauthTokenData: { refresh_token: refreshToken },
			}),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				asked.push(options);
				return await Promise.resolve(answer(options, node));
			},
		},
	} as unknown as IExecuteFunctions;
	return { context, asked };
}

const answering =
	(statusCode: number, body: unknown, headers = {}) =>
	() => ({
		statusCode,
		body,
		headers,
	});
const list = {
	method: 'GET' as const,
	path: '/Contacts',
	query: { fields: 'id', page: undefined },
};

const INVALID_TOKEN = { code: 'INVALID_TOKEN', status: 'error', details: {} };

/** As n8n's OAuth2 client refuses, once it was allowed to renew: an error with this code inside a NodeApiError. */
const refusedRenewal = (error: string) => (options: IHttpRequestOptions, node: INode) => {
	if (options.ignoreHttpStatusErrors === true) return answering(401, INVALID_TOKEN)();
	const refusal = Object.assign(new Error('n8n’s words'), { code: 'EAUTH', body: { error } });
	throw new NodeApiError(node, refusal as unknown as JsonObject);
};

describe('zohoCrmClient', () => {
	it('asks the data centre of the credential, below the version of the API', async () => {
		const { context, asked } = contextAnswering(answering(200, { data: [] }));
		const client = await zohoCrmClient(context, 0, noWaiting);
		await client.request(list);
		expect(asked).toMatchObject([
			{ method: 'GET', url: 'https://www.zohoapis.eu/crm/v8/Contacts', qs: { fields: 'id' } },
		]);
		expect(client.recordUrl('Leads', '1')).toBe('https://crm.zoho.eu/crm/tab/Leads/1');
	});

	it.each([204, 304])('gives no body for status %d', async (status) => {
		const { context } = contextAnswering(answering(status, ''));
		const client = await zohoCrmClient(context, 0, noWaiting);
		await expect(client.request(list)).resolves.toMatchObject({ status, body: undefined });
	});

	it('leaves reports per record to the caller, also with status 400', async () => {
		const body = { data: [{ code: 'INVALID_DATA', status: 'error', details: {} }] };
		const { context } = contextAnswering(answering(400, body));
		const client = await zohoCrmClient(context, 0, noWaiting);
		await expect(client.request(list)).resolves.toMatchObject({ status: 400, body });
	});

	it.each<[number, unknown, string]>([
		[200, { code: 'INVALID_TOKEN', status: 'error' }, 'credentials'],
		[200, '', 'invalidAnswer'],
		[200, '<html></html>', 'invalidAnswer'],
		[400, { data: [] }, 'invalidAnswer'],
		[403, { code: 'NO_PERMISSION', status: 'error' }, 'permission'],
		[429, '<html></html>', 'limit'],
	])('status %d with %j', async (status, body, kind) => {
		const { context } = contextAnswering(answering(status, body));
		const client = await zohoCrmClient(context, 0, noWaiting);
		await expect(client.request(list)).rejects.toMatchObject({ kind });
	});

	it.each([
		['invalid_client', 'credentials', /client ID and client secret/],
		['invalid_code', 'credentials', /no longer accepts/],
		['Access Denied', 'limit', /no new token/],
	])('does not repeat what n8n is refused a token for: %s', async (code, kind, message) => {
		const { context, asked } = contextAnswering(refusedRenewal(code), { refreshToken: code });
		const client = await zohoCrmClient(context, 0, noWaiting);
		const read = client.read(list);
		await expect(read).rejects.toMatchObject({ kind });
		await expect(read).rejects.toThrow(message);
		expect(asked.map(({ ignoreHttpStatusErrors }) => ignoreHttpStatusErrors)).toEqual([
			true,
			{ ignore: true, except: [401] },
		]);
	});

	it.each<[string, unknown]>([
		['a missing scope', { code: 'OAUTH_SCOPE_MISMATCH', status: 'error', details: {} }],
		['a column that is named twice', { code: 'DUPLICATE_DATA', status: 'error', details: {} }],
	])('does not let n8n renew the token because of %s', async (_what, body) => {
		const { context, asked } = contextAnswering(answering(401, body));
		const client = await zohoCrmClient(context, 0, noWaiting);
		await expect(client.read(list)).rejects.toMatchObject({ httpStatus: 401 });
		expect(asked.map(({ ignoreHttpStatusErrors }) => ignoreHttpStatusErrors)).toEqual([true]);
	});

	it('says how long Zoho asks to wait', async () => {
		const headers = { 'Retry-After': '90' };
		const { context } = contextAnswering(answering(429, '', headers), { refreshToken: 'waits' });
		const client = await zohoCrmClient(context, 0, noWaiting);
		await expect(client.read(list)).rejects.toMatchObject({
			kind: 'limit',
			retryAfterMs: 90_000,
			advice: expect.stringContaining('Zoho asks to wait 90 seconds.') as string,
		});
	});

	it('counts credits per run and keeps the remaining ones that Zoho tells', async () => {
		const headers = { 'X-API-CREDITS-REMAINING': '77' };
		const { context } = contextAnswering(answering(200, { data: [] }, headers));
		const one = await zohoCrmClient(context, 0, noWaiting);
		const other = await zohoCrmClient(context, 1, noWaiting);
		await one.read(list);
		await other.coql('select id from Leads where id is not null limit 2000');
		expect(creditMeterOf(context)).toEqual({ used: 4, remaining: 77 });
	});

	it('tells organisations apart by credential, and by what it was last connected to', async () => {
		const keyOf = async (credential: { credentialId?: string; refreshToken?: string }) =>
			(await zohoCrmClient(contextAnswering(answering(204, ''), credential).context))
				.organizationKey;
		const key = await keyOf({});
		expect(await keyOf({})).toBe(key);
		expect(await keyOf({ credentialId: '2' })).not.toBe(key);
		expect(await keyOf({ refreshToken: '1000.b' })).not.toBe(key);
		expect(key).not.toContain('1000.a');
	});

	it('sends composite requests as Zoho wants them, and repeats only those that read', async () => {
		let tries = 0;
		const { context, asked } = contextAnswering((_options, node) => {
			if (++tries % 2 === 1) return answering(503, '')();
			expect(node.name).toBe('Zoho');
			return answering(200, {
				__composite_requests: [
					{
						code: 'SUCCESS',
						status: 'success',
						details: { response: { status_code: 204, body: null } },
					},
				],
			})();
		});
		const client = await zohoCrmClient(context, 0, noWaiting);
		const search = {
			method: 'GET' as const,
			path: '/Leads/search',
			query: { phone: '+1', x: undefined },
		};
		await expect(client.composite([search])).resolves.toEqual([{ status: 204, body: undefined }]);
		expect(asked[1].body).toEqual({
			__composite_requests: [
				{
					sub_request_id: '1',
					method: 'GET',
					uri: '/crm/v8/Leads/search',
					params: { phone: '+1' },
					headers: {},
				},
			],
		});
		const insert = { method: 'POST' as const, path: '/Leads', body: { data: [{}] } };
		await expect(client.composite([insert])).rejects.toMatchObject({ kind: 'unavailable' });
		expect(tries).toBe(3);
	});
});
