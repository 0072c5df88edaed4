import { connect } from '../../simulators/zoho/plainClient.mts';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

const HOUR_MS = 3_600_000;
let zoho: ZohoSimulator;
let call: ReturnType<typeof connect>;
let now = Date.UTC(2026, 2, 4, 8);
beforeEach(async () => {
	now = Date.UTC(2026, 2, 4, 8);
	zoho = await startZohoSimulator({ now: () => now, accessTokenSeconds: 365 * 86_400 });
	call = connect(zoho);
});
afterEach(async () => await zoho.close());

const channel = {
	channel_id: '100200300400500',
	events: ['Contacts.all'],
	notify_url: 'https://n8n.example.ch/crm?key=1',
	channel_expiry: '2026-03-10T08:00:00+00:00',
};
const watch = (method: string, changes: object = {}) =>
	call(method, '/actions/watch', { body: { watch: [{ ...channel, ...changes }] } });
const livesFor = () => zoho.notifications.channels()[0].expiresAt - now;

describe('channels', () => {
	it('are made, listed, renewed and ended', async () => {
		expect((await watch('POST')).status).toBe(201);
		const { body } = await call('GET', '/actions/watch', {
			query: { channel_id: channel.channel_id },
		});
		expect(body.watch).toMatchObject([
			{ channel_id: channel.channel_id, events: channel.events, resource_name: 'Contacts' },
		]);
		now += 24 * HOUR_MS;
		await watch('PATCH', { channel_expiry: '2026-03-11T08:00:00+00:00' });
		expect(livesFor()).toBe(6 * 24 * HOUR_MS);
		const query = { channel_ids: channel.channel_id };
		expect((await call('DELETE', '/actions/watch', { query })).status).toBe(200);
		expect((await call('DELETE', '/actions/watch', { query })).body.watch[0].code).toBe(
			'NOT_SUBSCRIBED',
		);
		expect((await call('GET', '/actions/watch')).status).toBe(204);
	});

	it.each([
		['without an expiry', undefined],
		['for longer than a week', '2026-03-11T08:00:01+00:00'],
	])('%s live for an hour', async (_what, channel_expiry) => {
		expect((await watch('POST', { channel_expiry })).status).toBe(201);
		expect(livesFor()).toBe(HOUR_MS);
		now += HOUR_MS;
		expect((await watch('PATCH')).body.watch[0].code).toBe('NOT_SUBSCRIBED');
	});

	it.each([
		['an address without https', { notify_url: 'http://n8n.example.ch/' }, 'notify_url'],
		['a long address', { notify_url: `https://n8n.example.ch/${'x'.repeat(255)}` }, 'notify_url'],
		['a module without notifications', { events: ['Notes.all'] }, 'events'],
		['an unknown event', { events: ['Contacts.update'] }, 'events'],
		[
			'an expiry with milliseconds',
			{ channel_expiry: '2026-03-10T08:00:00.000Z' },
			'channel_expiry',
		],
		['an id beyond 64 bits', { channel_id: '9'.repeat(19) }, 'channel_id'],
		['a long token', { token: 'x'.repeat(51) }, 'token'],
	])('with %s are refused', async (_what, changes, api_name) => {
		const { status, body } = await watch('POST', changes);
		expect(status).toBe(400);
		expect(body.watch[0]).toMatchObject({ code: 'INVALID_DATA', details: { api_name } });
	});

	it('need the scope', async () => {
		const scopes = ['ZohoCRM.modules.ALL'];
		const { access_token: token } = zoho.issueToken({ scopes });
		const response = await fetch(`${zoho.baseUrl}/crm/v8/actions/watch`, {
			headers: { Authorization: `Zoho-oauthtoken ${token}` },
		});
		expect(await response.json()).toMatchObject({ code: 'OAUTH_SCOPE_MISMATCH' });
	});

	it('of another user are unknown', async () => {
		await watch('POST');
		const { access_token: token } = zoho.issueToken({ userId: zoho.users[1].id });
		const response = await fetch(`${zoho.baseUrl}/crm/v8/actions/watch`, {
			headers: { Authorization: `Zoho-oauthtoken ${token}` },
		});
		expect(response.status).toBe(204);
	});
});
