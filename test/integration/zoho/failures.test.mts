import type { INode, INodeParameters } from 'n8n-workflow';
import { ZohoCrmTelephony } from '../../../nodes/Zoho/ZohoCrmTelephony.node';
import { CRM_SCOPES } from '../../../nodes/Zoho/transport/scopes';
import { zohoCrmClient } from '../../../nodes/Zoho/transport/zohoCrm';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { executeContext } from '../nodeContext.mts';
import { byId, crmRequests, mapped, runZoho, zohoCredential } from './zohoNode.mts';

let zoho: ZohoSimulator;
beforeEach(async () => {
	zoho = await startZohoSimulator();
});
afterEach(async () => {
	await zoho.close();
});

const getUsers = { resource: 'user', operation: 'getAll' };
const createContact = {
	resource: 'contact',
	operation: 'create',
	fields: mapped({ Last_Name: 'Brunner' }),
};

/** The client with a clock that does not wait; `waits` tells how long it would have. */
async function clientWithoutWaiting(credential = zohoCredential(zoho)) {
	const waits: number[] = [];
	const context = executeContext(new ZohoCrmTelephony(), {
		parameters: getUsers,
		credentials: { callBridgeZohoOAuth2Api: credential },
	});
	let now = 0;
	const clock = {
		now: () => now,
		random: () => 1,
		sleep: async (milliseconds: number) => {
			waits.push(milliseconds);
			now += milliseconds;
			return await Promise.resolve();
		},
	};
	const pass = (milliseconds: number) => (now += milliseconds);
	return { client: await zohoCrmClient(context, 0, clock), waits, pass };
}

const users = { method: 'GET' as const, path: '/users', query: { type: 'ActiveUsers' } };
const search = {
	method: 'GET' as const,
	path: '/Contacts/search',
	query: { phone: '0445550123', per_page: 25 },
};
const newContact = {
	method: 'POST' as const,
	path: '/Contacts',
	body: { data: [{ Last_Name: 'Brunner' }] },
};
const tokenRequests = () => zoho.requests.filter(({ path }) => path === '/oauth/v2/token');

describe('tokens', () => {
	it('renews an expired token once for many items', async () => {
		const credential = zohoCredential(zoho);
		zoho.expireAccessTokens();
		const { items } = await runZoho(
			zoho,
			{ ...getUsers, limit: 1 },
			{ credential, items: [{}, {}, {}] },
		);
		expect(items).toHaveLength(3);
		expect(tokenRequests()).toHaveLength(1);
	});

	it('says that a revoked connection has to be made again', async () => {
		const credential = zohoCredential(zoho);
		zoho.revoke();
		await expect(runZoho(zoho, getUsers, { credential })).rejects.toMatchObject({
			message: 'Zoho CRM does not accept the token of this credential',
			description: expect.stringMatching(/data centre .* connect it again/) as string,
		});
		expect(tokenRequests()).toHaveLength(1);
	});

	it('says the same when Zoho does not know the client', async () => {
		const credential = zohoCredential(zoho, { clientSecret: 'mistyped' });
		zoho.expireAccessTokens();
		await expect(runZoho(zoho, getUsers, { credential })).rejects.toMatchObject({
			message: 'Zoho CRM does not accept the token of this credential',
			description: expect.stringMatching(/client secret .* connect it again/) as string,
		});
		expect(tokenRequests()).toHaveLength(1);
	});

	it('names the address of the log-in server when it is another service', async () => {
		const credential = zohoCredential(zoho, {
			accessTokenUrl: `${zoho.baseUrl}/no/such/address`,
		});
		zoho.expireAccessTokens();
		await expect(runZoho(zoho, getUsers, { credential })).rejects.toMatchObject({
			message: expect.stringMatching(/log-in server of Zoho CRM .* \(HTTP 404\)/) as string,
			description: expect.stringMatching(/accounts address/) as string,
		});
	});

	it('says that a credential without refresh token has to be connected again', async () => {
		const { access_token } = zoho.issueToken();
		const credential = zohoCredential(zoho, { oauthTokenData: { access_token } });
		zoho.expireAccessTokens();
		await expect(runZoho(zoho, getUsers, { credential })).rejects.toMatchObject({
			message: 'Zoho CRM no longer accepts the connection of this credential',
		});
	});

	it('names the data centre when the token is one of another', async () => {
		const other = await startZohoSimulator({ location: 'us', idPrefix: '100000' });
		try {
			const credential = zohoCredential(zoho, { crmApiUrl: other.baseUrl });
			await expect(runZoho(zoho, getUsers, { credential })).rejects.toMatchObject({
				message: 'Zoho CRM does not accept the token of this credential',
				description: expect.stringMatching(/data centre/) as string,
			});
		} finally {
			await other.close();
		}
	});

	it('says so when Zoho throttles the renewals', async () => {
		await zoho.close();
		zoho = await startZohoSimulator({ tokensPerTenMinutes: 0 });
		const credential = zohoCredential(zoho);
		zoho.expireAccessTokens();
		await expect(runZoho(zoho, getUsers, { credential })).rejects.toMatchObject({
			message: 'Zoho CRM hands out no new token for this credential for now',
			description: expect.stringMatching(/ten minutes/) as string,
		});
		expect(tokenRequests()).toHaveLength(1);
	});

	it.each([
		[{ oauthTokenData: undefined }, /not connected/],
		[{ oauthTokenData: {} }, /not connected/],
		[{ crmApiUrl: '' }, /no valid CRM API address/],
		[{ crmApiUrl: 'zoho' }, /no valid CRM API address/],
	])('asks for no answer with %j', async (overrides, message) => {
		const credential = zohoCredential(zoho, overrides);
		await expect(runZoho(zoho, getUsers, { credential })).rejects.toThrow(message);
		expect(zoho.requests).toEqual([]);
	});

	it('names the scope that is missing', async () => {
		const scopes = CRM_SCOPES.filter((scope) => scope !== 'ZohoCRM.users.READ');
		const credential = zohoCredential(zoho, {
			oauthTokenData: zoho.issueToken({ scopes: [...scopes] }),
		});
		await expect(runZoho(zoho, getUsers, { credential })).rejects.toMatchObject({
			message: expect.stringMatching(/ZohoCRM\.users\.READ/) as string,
			description: expect.stringMatching(/Scope field/) as string,
		});
		expect(tokenRequests()).toEqual([]);
	});

	const withoutScope = () => ({
		oauthTokenData: zoho.issueToken({
			scopes: CRM_SCOPES.filter((scope) => scope !== 'ZohoCRM.users.READ'),
		}),
	});
	it.each<[string, () => object, number]>([
		// what is wrong, with which credential, how many tokens are asked for
		['a missing scope', () => withoutScope(), 0],
		['a revoked connection', () => (zoho.revoke(), {}), 1],
		['a wrong client secret', () => (zoho.expireAccessTokens(), { clientSecret: 'wrong' }), 1],
	])('costs %s no token per item', async (_what, goWrong, tokens) => {
		const before = zohoCredential(zoho);
		const credential = { ...before, ...goWrong() };
		const { items } = await runZoho(zoho, getUsers, {
			credential,
			items: Array.from({ length: 20 }, () => ({})),
			continueOnFail: true,
		});
		expect(items).toHaveLength(20);
		expect(items.every(({ json }) => typeof json.error === 'string')).toBe(true);
		expect(tokenRequests()).toHaveLength(tokens);
	});

	it('are not asked for any more once Zoho has throttled them', async () => {
		await zoho.close();
		zoho = await startZohoSimulator({ tokensPerTenMinutes: 0 });
		const credential = zohoCredential(zoho);
		zoho.expireAccessTokens();
		const items = Array.from({ length: 20 }, () => ({}));
		const run = await runZoho(zoho, getUsers, { credential, items, continueOnFail: true });
		expect(run.items[19].json.error).toBe(
			'Zoho CRM hands out no new token for this credential for now',
		);
		expect(tokenRequests()).toHaveLength(1);
	});

	it('renews an expired token once for many runs at the same time', async () => {
		const credential = zohoCredential(zoho);
		zoho.expireAccessTokens();
		await Promise.all(
			Array.from({ length: 20 }, async () => await runZoho(zoho, getUsers, { credential })),
		);
		expect(tokenRequests()).toHaveLength(1);
	});
});

describe('limits and outages', () => {
	it.each([429, 500, 502, 503] as const)('repeats a read after status %d', async (status) => {
		zoho.faults.add({ kind: 'status', status, times: 2 });
		const { client, waits } = await clientWithoutWaiting();
		await expect(client.read(users)).resolves.toMatchObject({ status: 200 });
		expect(waits).toEqual([1_000, 2_000]);
	});

	it('repeats a read after a lost connection', async () => {
		zoho.faults.add({ kind: 'drop' });
		const { client, waits } = await clientWithoutWaiting();
		await expect(client.read(users)).resolves.toMatchObject({ status: 200 });
		expect(waits).toEqual([1_000]);
	});

	it('waits as long as Zoho asks, but not for minutes', async () => {
		zoho.faults.add({ kind: 'status', status: 429, retryAfter: 30 });
		const { client, waits } = await clientWithoutWaiting();
		await client.read(users);
		expect(waits).toEqual([30_000]);
		zoho.faults.add({ kind: 'status', status: 429, retryAfter: 3_600 });
		await expect(client.read(users)).rejects.toMatchObject({
			kind: 'limit',
			retryAfterMs: 900_000,
		});
	});

	it('lets nobody else ask meanwhile, and nobody at all if it is for minutes', async () => {
		const credential = zohoCredential(zoho);
		const one = await clientWithoutWaiting(credential);
		zoho.faults.add({ kind: 'status', status: 503, retryAfter: 30 });
		await expect(one.client.request(users)).rejects.toMatchObject({ retryAfterMs: 30_000 });
		await expect(one.client.request(users)).resolves.toMatchObject({ status: 200 });
		expect(one.waits).toEqual([30_000]);
		zoho.faults.add({ kind: 'status', status: 429, retryAfter: 3_600 });
		await expect(one.client.request(users)).rejects.toMatchObject({ kind: 'limit' });
		const asked = zoho.requests.length;
		await expect(one.client.read(users)).rejects.toMatchObject({ kind: 'limit' });
		expect(zoho.requests).toHaveLength(asked);
	});

	it('gives up after a quarter of a minute', async () => {
		zoho.faults.add({ kind: 'status', status: 503, times: 9 });
		const { client, waits } = await clientWithoutWaiting();
		await expect(client.read(users)).rejects.toMatchObject({
			kind: 'unavailable',
			message: 'Zoho CRM is not working properly at the moment (HTTP 503)',
		});
		expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
	});

	it('repeats a write that Zoho has turned away', async () => {
		zoho.faults.add({ kind: 'status', status: 429 });
		const { client } = await clientWithoutWaiting();
		await expect(client.write(newContact)).resolves.toMatchObject({ status: 201 });
		expect(zoho.records('Contacts')).toHaveLength(1);
	});

	it.each(['errorAfterCommit', 'dropAfterCommit', 'notJson'] as const)(
		'does not repeat a write that may have been carried out: %s',
		async (kind) => {
			zoho.faults.add({ kind });
			const { client, waits } = await clientWithoutWaiting();
			await expect(client.write(newContact)).rejects.toMatchObject({ mayHaveBeenCarriedOut: true });
			expect(waits).toEqual([]);
			expect(zoho.records('Contacts')).toHaveLength(1);
		},
	);

	it('says that a page is not an answer', async () => {
		zoho.faults.add({ kind: 'notJson' });
		await expect(runZoho(zoho, getUsers)).rejects.toMatchObject({
			message: expect.stringMatching(/is not Zoho CRM \(HTTP 200 with a page/) as string,
			description: expect.stringMatching(/data centre|CRM API address/) as string,
		});
	});

	it('says which host cannot be reached', async () => {
		const credential = zohoCredential(zoho, { crmApiUrl: 'http://127.0.0.1:1' });
		const { client } = await clientWithoutWaiting(credential);
		await expect(client.read(users)).rejects.toMatchObject({
			kind: 'unreachable',
			message: 'Zoho CRM cannot be reached at 127.0.0.1:1',
		});
	});

	it('never has more than four requests under way in a free edition', async () => {
		await zoho.close();
		zoho = await startZohoSimulator({ edition: 'free', latencyMs: 20 });
		const { client } = await clientWithoutWaiting();
		let underWay = 0;
		let most = 0;
		const counting = setInterval(() => {
			underWay = zoho.requests.filter(({ status }) => status === 0).length;
			most = Math.max(most, underWay);
		}, 1);
		await Promise.all(Array.from({ length: 12 }, async () => await client.read(users)));
		clearInterval(counting);
		expect(most).toBe(4);
	});

	it('has as many under way as the edition takes, which it asks for when one has to wait', async () => {
		zoho.settings.latencyMs = 20;
		const { client, waits } = await clientWithoutWaiting();
		await Promise.all(Array.from({ length: 4 }, async () => await client.read(users)));
		expect(crmRequests(zoho)).toHaveLength(4);
		await Promise.all(Array.from({ length: 8 }, async () => await client.composite([search])));
		await Promise.all(Array.from({ length: 40 }, async () => await client.read(users)));
		expect(crmRequests(zoho).filter((each) => each === 'GET /crm/v8/org')).toHaveLength(1);
		expect(zoho.concurrency.highest.calls).toBe(20);
		expect(waits).toEqual([]);
	});

	it('shares what an organisation takes with other processes: it goes on with less', async () => {
		await zoho.close();
		zoho = await startZohoSimulator({ concurrencyLimit: 10, latencyMs: 20 });
		const { client } = await clientWithoutWaiting();
		const refused = async () => {
			const tries = Array.from({ length: 60 }, async () => await client.request(users));
			return (await Promise.allSettled(tries)).filter(({ status }) => status === 'rejected').length;
		};
		expect(await refused()).toBeGreaterThan(0);
		expect(await refused()).toBe(0);
	});

	it('learns nothing from a request that was not sent because Zoho rests', async () => {
		zoho.settings.latencyMs = 20;
		const { client, pass } = await clientWithoutWaiting();
		const readMany = async () =>
			await Promise.all(Array.from({ length: 40 }, async () => await client.read(users)));
		await readMany();
		zoho.faults.add({ kind: 'status', status: 429, retryAfter: 120 });
		for (let tries = 0; tries < 4; tries++) {
			await expect(client.request(users)).rejects.toMatchObject({ kind: 'limit' });
		}
		pass(120_000);
		zoho.concurrency.reset();
		await readMany();
		expect(zoho.concurrency.highest.calls).toBe(10);
	});

	it('lets a composite request run alone: Zoho counts it as five', async () => {
		await zoho.close();
		zoho = await startZohoSimulator({ edition: 'free', latencyMs: 20 });
		const { client } = await clientWithoutWaiting();
		await Promise.all(
			Array.from({ length: 4 }, async () => {
				await Promise.all([client.composite([search]), client.read(users)]);
			}),
		);
		expect(zoho.concurrency.highest.calls).toBe(5);
		expect(crmRequests(zoho).filter((each) => each !== 'GET /crm/v8/org')).toHaveLength(8);
		expect(zoho.requests.filter(({ status }) => status !== 200)).toEqual([]);
	});

	it('reports the credits that are left once Zoho tells them', async () => {
		await zoho.close();
		zoho = await startZohoSimulator({ creditLimit: 10 });
		const { hints } = await runZoho(
			zoho,
			{ ...getUsers, limit: 1 },
			{ items: [{}, {}, {}, {}, {}, {}] },
		);
		expect(hints[0].message).toBe(
			'This run used 6 Zoho CRM API credits. Zoho reports 4 left for the running 24 hours.',
		);
	});
});

describe('composite requests', () => {
	it('give the answers in order, empty ones too', async () => {
		zoho.insert('Leads', { Last_Name: 'Brunner', Company: 'Acme', Phone: '+41 44 555 01 23' });
		const { client } = await clientWithoutWaiting();
		const query = { phone: '+41445550123', per_page: 25, fields: 'Full_Name', page: undefined };
		const answers = await client.composite([
			{ method: 'GET', path: '/Contacts/search', query },
			{ method: 'GET', path: '/Leads/search', query },
		]);
		expect(answers).toMatchObject([{ status: 204 }, { status: 200, body: { data: [{}] } }]);
		expect(answers[0].body).toBeUndefined();
		expect(crmRequests(zoho)).toEqual(['POST /crm/v8/__composite_requests']);
	});

	it('fail when one of them is refused', async () => {
		const { client } = await clientWithoutWaiting();
		await expect(
			client.composite([
				{ method: 'GET', path: '/Contacts/search', query: { phone: '0445550123', per_page: 25 } },
				{ method: 'GET', path: '/Nonsense/search', query: { phone: '0445550123', per_page: 25 } },
			]),
		).rejects.toThrow(/no such module/);
	});

	it('are refused as a whole when there are too many', async () => {
		const { client } = await clientWithoutWaiting();
		const one = { method: 'GET' as const, path: '/Contacts/search', query: { phone: '044' } };
		await expect(client.composite([one, one, one, one, one, one])).rejects.toMatchObject({
			code: 'INVALID_DATA',
		});
	});
});

describe('what people read', () => {
	it.each<[string, () => void, INodeParameters]>([
		['a revoked token', () => zoho.revoke(), getUsers],
		['a page', () => zoho.faults.add({ kind: 'notJson' }), getUsers],
		[
			'an unclear write',
			() => {
				zoho.faults.add({ kind: 'dropAfterCommit', match: /Contacts$/ });
				zoho.faults.add({ kind: 'status', status: 401, times: 9, match: /coql/ });
			},
			createContact,
		],
		[
			'a refused value',
			() => undefined,
			{ ...createContact, fields: mapped({ Last_Name: 'x', Phone: 'x'.repeat(31) }) },
		],
		['a wrong id', () => undefined, { resource: 'contact', operation: 'get', recordId: byId('1') }],
	])('holds no secret: %s', async (_name, goWrong, parameters) => {
		const credential = zohoCredential(zoho);
		const token = credential.oauthTokenData as unknown as Record<string, string>;
		goWrong();
		const error = (await runZoho(zoho, parameters, { credential }).then(
			() => null,
			(thrown: unknown) => thrown,
		)) as Error & { node?: INode };
		expect(error).not.toBeNull();
		const shown = JSON.stringify(error) + error.message + String(error.stack);
		for (const secret of [token.access_token, token.refresh_token, zoho.clientSecret]) {
			expect(shown).not.toContain(secret);
		}
	});
});
