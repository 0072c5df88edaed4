import { connect } from '../../simulators/zoho/plainClient.mts';
import type { TokenData, ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

const CALLBACK = 'https://n8n.example/rest/oauth2-credential/callback';
const MINUTE = 60_000;

let now = Date.parse('2026-03-04T12:00:00Z');
let zoho: ZohoSimulator;

beforeEach(async () => {
	zoho = await startZohoSimulator({ now: () => now, redirectUris: [CALLBACK], location: 'eu' });
});
afterEach(() => zoho.close());

const authorise = (changes: Record<string, string> = {}) =>
	fetch(
		`${zoho.baseUrl}/oauth/v2/auth?${new URLSearchParams({
			client_id: zoho.clientId,
			response_type: 'code',
			redirect_uri: CALLBACK,
			scope: 'ZohoCRM.modules.ALL,ZohoCRM.users.READ',
			access_type: 'offline',
			prompt: 'consent',
			state: 'abc',
			...changes,
		})}`,
		{ redirect: 'manual' },
	);

const redirectOf = (response: Response) =>
	new URL(response.headers.get('location') as string).searchParams;

async function token(parameters: Record<string, string>, headers: Record<string, string> = {}) {
	const response = await fetch(`${zoho.baseUrl}/oauth/v2/token`, {
		method: 'POST',
		headers,
		body: new URLSearchParams(parameters),
	});
	return { status: response.status, body: (await response.json()) as TokenData };
}

const client = () => ({ client_id: zoho.clientId, client_secret: zoho.clientSecret });

const exchange = (code: string | null, changes: Record<string, string> = {}) =>
	token({
		grant_type: 'authorization_code',
		redirect_uri: CALLBACK,
		code: String(code),
		...client(),
		...changes,
	});

const refresh = (refreshToken: string) =>
	token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...client() });

const usersWith = (authorization: string) =>
	fetch(`${zoho.baseUrl}/crm/v8/users?type=CurrentUser`, { headers: { authorization } });

describe('authorising', () => {
	it('redirects with code, location, accounts server and state', async () => {
		const response = await authorise();
		expect(response.status).toBe(302);
		expect(response.headers.get('location')).toMatch(new RegExp(`^${CALLBACK}\\?state=abc&`));
		const answer = redirectOf(response);
		expect(answer.get('location')).toBe('eu');
		expect(answer.get('accounts-server')).toBe(zoho.baseUrl);
		const { body } = await exchange(answer.get('code'));
		expect(body).toMatchObject({
			scope: 'ZohoCRM.modules.ALL ZohoCRM.users.READ',
			api_domain: zoho.baseUrl,
			token_type: 'Bearer',
			expires_in: 3600,
		});
		expect((await usersWith(`Zoho-oauthtoken ${body.access_token}`)).status).toBe(200);
	});

	it('gives a second refresh token only for a new consent', async () => {
		const first = await exchange(redirectOf(await authorise()).get('code'));
		expect(first.body).toHaveProperty('refresh_token');
		const silent = await exchange(redirectOf(await authorise({ prompt: '' })).get('code'));
		expect(silent.body).not.toHaveProperty('refresh_token');
		const online = await exchange(redirectOf(await authorise({ access_type: '' })).get('code'));
		expect(online.body).not.toHaveProperty('refresh_token');
	});

	it('takes a code once, within two minutes, from the same address', async () => {
		const code = redirectOf(await authorise()).get('code');
		await exchange(code);
		expect((await exchange(code)).body).toEqual({ error: 'invalid_code' });
		const late = redirectOf(await authorise()).get('code');
		now += 2 * MINUTE + 1;
		expect((await exchange(late)).body).toEqual({ error: 'invalid_code' });
		const other = redirectOf(await authorise()).get('code');
		expect((await exchange(other, { redirect_uri: `${CALLBACK}/` })).body).toEqual({
			error: 'invalid_redirect_uri',
		});
	});

	it.each([
		[{ client_id: '1000.X' }, 'invalid_client'],
		[{ redirect_uri: `${CALLBACK}/` }, 'invalid_redirect_uri'],
		[{ scope: 'ZohoCRM.modules.ALL ZohoCRM.users.READ' }, 'OAUTH_SCOPE_INVALID'],
	])('shows an error page for %p', async (changes, text) => {
		const response = await authorise(changes as Record<string, string>);
		expect(response.status).toBe(400);
		expect(await response.text()).toContain(text);
	});

	it('comes back with access_denied if the person refuses', async () => {
		zoho.settings.refuseConsent = true;
		expect(redirectOf(await authorise()).get('error')).toBe('access_denied');
	});

	it('tells where the accounts servers are', async () => {
		const response = await fetch(`${zoho.baseUrl}/oauth/serverinfo`);
		expect(await response.json()).toEqual({ result: 'success', locations: { eu: zoho.baseUrl } });
	});
});

describe('renewing', () => {
	it('gives an access token and never a refresh token', async () => {
		const { body } = await refresh(zoho.issueToken().refresh_token);
		expect(body).not.toHaveProperty('refresh_token');
		expect((await usersWith(`Bearer ${body.access_token}`)).status).toBe(200);
	});

	it('answers most failures with 200', async () => {
		expect(await refresh('1000.unknown')).toEqual({ status: 200, body: { error: 'invalid_code' } });
		const wrongSecret = await token({ ...client(), client_secret: 'x' });
		expect(wrongSecret).toEqual({ status: 200, body: { error: 'invalid_client_secret' } });
		const noClient = await token({ grant_type: 'refresh_token' });
		expect(noClient).toEqual({ status: 200, body: { error: 'invalid_client' } });
	});

	it('refuses the eleventh token in ten minutes', async () => {
		const { refresh_token: refreshToken } = zoho.issueToken();
		for (let count = 0; count < 10; count++) {
			expect((await refresh(refreshToken)).body).toHaveProperty('access_token');
		}
		const eleventh = await refresh(refreshToken);
		expect(eleventh).toMatchObject({
			status: 400,
			body: { error: 'Access Denied', status: 'failure' },
		});
		now += 10 * MINUTE;
		expect((await refresh(refreshToken)).body).toHaveProperty('access_token');
	});

	it('invalidates the oldest of sixteen access tokens', async () => {
		const { refresh_token: refreshToken, access_token: first } = zoho.issueToken();
		for (let count = 0; count < 15; count++) {
			now += MINUTE + 1;
			await refresh(refreshToken);
		}
		expect((await usersWith(`Bearer ${first}`)).status).toBe(401);
	});

	it('ends with the revocation of the refresh token', async () => {
		const { refresh_token: refreshToken, access_token: accessToken } = zoho.issueToken();
		const revoked = await fetch(`${zoho.baseUrl}/oauth/v2/token/revoke?token=${refreshToken}`, {
			method: 'POST',
		});
		expect(await revoked.json()).toEqual({ status: 'success' });
		expect((await refresh(refreshToken)).body).toEqual({ error: 'invalid_code' });
		expect((await usersWith(`Bearer ${accessToken}`)).status).toBe(401);
	});

	it('takes the client from a Basic header unless it is strict', async () => {
		const parameters = {
			grant_type: 'refresh_token',
			refresh_token: zoho.issueToken().refresh_token,
		};
		const basic = (of: ZohoSimulator) =>
			`Basic ${Buffer.from(`${of.clientId}:${of.clientSecret}`).toString('base64')}`;
		const lenient = await token(parameters, { authorization: basic(zoho) });
		expect(lenient.body).toHaveProperty('access_token');
		await zoho.close();
		zoho = await startZohoSimulator({ strictClientAuthentication: true });
		const strict = await token(parameters, { authorization: basic(zoho) });
		expect(strict.body).toEqual({ error: 'invalid_client' });
	});
});

describe('access tokens at the API', () => {
	it('are refused after their hour', async () => {
		const { access_token: accessToken } = zoho.issueToken();
		now += 60 * MINUTE;
		const response = await usersWith(`Bearer ${accessToken}`);
		expect(response.status).toBe(401);
		expect(await response.json()).toEqual({
			code: 'INVALID_TOKEN',
			details: {},
			message: 'invalid oauth token',
			status: 'error',
		});
	});

	it('are unknown in another data centre', async () => {
		const other = await startZohoSimulator({ location: 'us' });
		const response = await usersWith(`Bearer ${other.issueToken().access_token}`);
		await other.close();
		expect(response.status).toBe(401);
		expect(await response.json()).toMatchObject({ code: 'INVALID_TOKEN' });
	});

	it('must be there, in a known form', async () => {
		for (const header of ['', 'Token abc', 'Bearer']) {
			expect(await (await usersWith(header)).json()).toMatchObject({
				code: 'AUTHENTICATION_FAILURE',
			});
		}
	});

	it('must have the scopes of the endpoint', async () => {
		const limited = connect(zoho, [
			'ZohoCRM.modules.contacts.READ',
			'ZohoCRM.settings.fields.READ',
		]);
		const codes = await Promise.all(
			[
				limited('GET', '/Contacts', { query: { fields: 'id' } }),
				limited('GET', '/settings/fields', { query: { module: 'Contacts' } }),
				limited('GET', '/Leads', { query: { fields: 'id' } }),
				limited('GET', '/Contacts/search', { query: { phone: '123' } }),
				limited('GET', '/users'),
				limited('POST', '/Contacts', { body: { data: [{ Last_Name: 'A' }] } }),
			].map(async (answer) => {
				const { status, body } = await answer;
				return body?.code ?? status;
			}),
		);
		expect(codes).toEqual([204, 200, ...Array(4).fill('OAUTH_SCOPE_MISMATCH')]);
	});

	it('never appear in the request log', async () => {
		const code = redirectOf(await authorise()).get('code') as string;
		const { body } = await exchange(code);
		await refresh(body.refresh_token);
		const log = JSON.stringify(zoho.requests);
		for (const secret of [code, body.refresh_token, zoho.clientSecret]) {
			expect(log).not.toContain(secret);
		}
	});
});
