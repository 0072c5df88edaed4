import { createPublicKey, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectDesk } from '../../simulators/zoho/desk/deskClient.mts';
import type { DeskEvent } from '../../simulators/zoho/desk/webhooks/webhook.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

type JsonWebKeyWithId = Extract<
	Parameters<typeof createPublicKey>[0],
	{ format?: 'jwk' }
>['key'] & {
	kid: string;
};

const NOON = Date.parse('2026-04-01T12:00:00.456Z');
const VERSION_1 = 'c0a8012e-1f2b-11f0-8000-0242ac120002';
const VERSION_4 = '5f0c6e1a-6f4b-4c3a-9d57-0c8e2b6f1a11';

let zoho: ZohoSimulator;
let call: ReturnType<typeof connectDesk>;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let contactId: string;
let departmentId: string;

/** A server that takes everything and answers what it is told to. */
async function startReceiver() {
	const got: { method: string; headers: IncomingHttpHeaders; body: string }[] = [];
	const answers: Record<string, number> = { GET: 200, POST: 200 };
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (part) => (body += part));
		request.on('end', () => {
			got.push({ method: String(request.method), headers: request.headers, body });
			const status = answers[String(request.method)];
			// 0: no answer at all.
			if (status !== 0) response.writeHead(status).end();
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		got,
		answers,
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/k3y`,
		close() {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(resolve));
		},
	};
}

beforeEach(async () => {
	zoho = await startZohoSimulator({ now: () => NOON });
	call = connectDesk(zoho);
	receiver = await startReceiver();
	[{ id: departmentId }] = zoho.desk.departments;
	contactId = zoho.desk.insert('contacts', { lastName: 'Zhang' });
});
afterEach(async () => {
	await zoho.close();
	await receiver.close();
});

const subscribe = (subscriptions: object, more: object = {}) =>
	call('POST', '/webhooks', {
		body: { url: receiver.url, name: 'pbx-bridge', subscriptions, ...more },
	});
const ticket = (more: object = {}) => ({ subject: 'A', departmentId, contactId, ...more });

async function events(): Promise<DeskEvent[]> {
	await zoho.desk.delivered();
	return receiver.got.filter(({ body }) => body).flatMap(({ body }) => JSON.parse(body));
}

describe('subscribing', () => {
	it('asks the receiver before it answers', async () => {
		const { status, body } = await subscribe({ Ticket_Add: null, Contact_Add: null });
		expect(status).toBe(200);
		expect(body).toMatchObject({
			id: expect.stringMatching(/^\d{18}$/),
			url: receiver.url,
			subscriptions: { Ticket_Add: null, Contact_Add: null },
			isEnabled: true,
		});
		expect(receiver.got.map(({ method }) => method)).toEqual(['GET']);
		expect(zoho.desk.deliveries).toMatchObject([{ kind: 'probe', method: 'GET', status: 200 }]);
	});

	it('tries an empty POST when GET fails, and fails when that fails', async () => {
		receiver.answers.GET = 404;
		expect((await subscribe({ Ticket_Add: null })).status).toBe(200);
		expect(receiver.got.map(({ method, body }) => [method, body])).toEqual([
			['GET', ''],
			['POST', ''],
		]);
		receiver.answers.POST = 500;
		const { status, body } = await subscribe({ Ticket_Add: null });
		expect([status, body.errorCode]).toEqual([422, 'UNPROCESSABLE_ENTITY']);
		expect(zoho.desk.webhooks).toHaveLength(1);
	});

	it.each([
		['no address', { url: undefined }, '/url missing'],
		['another protocol', { url: 'ftp://x' }, '/url invalid'],
		['no name', { name: '' }, '/name invalid'],
		['a long name', { name: 'x'.repeat(51) }, '/name invalid'],
		['no events', { subscriptions: {} }, '/subscriptions invalid'],
		[
			'an unknown event',
			{ subscriptions: { Ticket_Gone: null } },
			'/subscriptions/Ticket_Gone invalid',
		],
		[
			'a filter that the event does not know',
			{ subscriptions: { Contact_Add: { departmentIds: ['1'] } } },
			'/subscriptions/Contact_Add/departmentIds invalid',
		],
		[
			'six fields',
			{
				subscriptions: {
					Ticket_Update: {
						fields: ['subject', 'status', 'priority', 'phone', 'email', 'category'],
					},
				},
			},
			'/subscriptions/Ticket_Update/fields invalid',
		],
		['a version 4 UUID', { ignoreSourceId: VERSION_4 }, '/ignoreSourceId invalid'],
		['another source', { includeEventsFrom: ['API'] }, '/includeEventsFrom invalid'],
		['an unknown field', { events: [] }, '/events invalid'],
	])('refuses %s', async (_case, more, error) => {
		const { status, body } = await subscribe({ Ticket_Add: null }, more);
		expect(status).toBe(422);
		const [{ fieldName, errorType }] = body.errors;
		expect(`${fieldName} ${errorType}`).toBe(error);
		expect(receiver.got).toEqual([]);
	});

	it('ends when the slots of the edition are taken', async () => {
		zoho.desk.addOrganization({ orgId: '2', idPrefix: '432000', edition: 'PROFESSIONAL' });
		const pro = connectDesk(zoho, { orgId: '2' });
		const body = { url: receiver.url, name: 'a', subscriptions: { Ticket_Add: null } };
		for (let slot = 0; slot < 5; slot++) {
			expect((await pro('POST', '/webhooks', { body })).status).toBe(200);
		}
		const sixth = await pro('POST', '/webhooks', { body });
		expect([sixth.status, sixth.body.errorCode]).toEqual([403, 'LICENSE_ACCESS_LIMITED']);
		const [{ id }] = (await pro('GET', '/webhooks')).body.data;
		expect((await pro('DELETE', `/webhooks/${id}`)).status).toBe(204);
		expect((await pro('POST', '/webhooks', { body })).status).toBe(200);
	});

	it('is for administrators', async () => {
		const marco = connectDesk(zoho, { userId: zoho.users[1].id });
		const body = { url: receiver.url, name: 'a', subscriptions: { Ticket_Add: null } };
		expect((await marco('POST', '/webhooks', { body })).body.errorCode).toBe('FORBIDDEN');
	});

	it('can be changed, and is asked again at a new address', async () => {
		const { body } = await subscribe({ Ticket_Add: null });
		const path = `/webhooks/${body.id}`;
		const more = { subscriptions: { Ticket_Add: null, Contact_Add: null } };
		expect((await call('PATCH', path, { body: more })).body).toMatchObject(more);
		const url = 'http://127.0.0.1:1/';
		expect((await call('PATCH', path, { body: { url } })).status).toBe(422);
		expect((await call('GET', path)).body.url).toBe(receiver.url);
	});
});

describe('events', () => {
	it('bring the whole resource in an array, signed', async () => {
		const { body: webhook } = await subscribe({ Ticket_Add: null });
		const { body } = await call('POST', '/tickets', { body: ticket() });
		expect(await events()).toEqual([
			{
				payload: body,
				eventTime: String(NOON),
				eventType: 'Ticket_Add',
				orgId: zoho.desk.orgId,
			},
		]);
		const { headers } = receiver.got.at(-1) as { headers: IncomingHttpHeaders };
		const [header, claims, signature] = String(headers['x-zdesk-jwt']).split('.');
		const jwks = await fetch(`${zoho.baseUrl}/.well-known/jwks.json`);
		const [key] = ((await jwks.json()) as { keys: JsonWebKeyWithId[] }).keys;
		const publicKey = createPublicKey({ key, format: 'jwk' });
		const signed = Buffer.from(`${header}.${claims}`);
		expect(verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
		const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
		expect(read(header)).toMatchObject({ alg: 'RS256', kid: key.kid });
		expect(read(claims)).toMatchObject({
			iss: `orgId:${zoho.desk.orgId}`,
			aud: `webhookId:${webhook.id}`,
		});
	});

	it('tell of contacts, accounts, calls, comments, threads and attachments', async () => {
		await subscribe({
			Contact_Add: null,
			Contact_Update: null,
			Account_Add: null,
			Account_Update: null,
			Call_Add: null,
			Ticket_Comment_Add: null,
			Ticket_Thread_Add: { direction: 'out' },
			Ticket_Attachment_Add: null,
			Ticket_Delete: null,
		});
		const id = zoho.desk.insert('tickets', ticket());
		const accountId = zoho.desk.insert('accounts', { accountName: 'A' });
		const form = new FormData();
		form.append('file', new Blob(['x']), 'a.txt');
		const requests: [string, string, object][] = [
			['POST', '/contacts', { body: { lastName: 'A' } }],
			['PATCH', `/contacts/${contactId}`, { body: { phone: '1' } }],
			['POST', '/accounts', { body: { accountName: 'B' } }],
			['PATCH', `/accounts/${accountId}`, { body: { phone: '1' } }],
			['POST', `/tickets/${id}/comments`, { body: { content: 'a' } }],
			['POST', `/contacts/${contactId}/comments`, { body: { content: 'no event' } }],
			['POST', `/tickets/${id}/attachments`, { form }],
			['POST', '/tickets/moveToTrash', { body: { ticketIds: [id] } }],
		];
		for (const [method, path, options] of requests) {
			expect((await call(method, path, options)).status).toBeLessThan(300);
		}
		const types = (await events()).map(({ eventType }) => eventType).sort();
		expect(types).toEqual([
			'Account_Add',
			'Account_Update',
			'Contact_Add',
			'Contact_Update',
			'Ticket_Attachment_Add',
			'Ticket_Comment_Add',
			'Ticket_Delete',
		]);
		const comment = (await events()).find(({ eventType }) => eventType === 'Ticket_Comment_Add');
		expect(comment?.payload).toMatchObject({ ticketId: id, content: 'a' });
	});

	it('are filtered by department, fields and direction, with the state before if asked', async () => {
		const sales = zoho.desk.departments[1].id;
		await subscribe({
			Ticket_Add: { departmentIds: [sales] },
			Ticket_Update: { fields: ['status', 'cf_pbx_call_id'], includePrevState: true },
			Ticket_Thread_Add: { direction: 'in' },
		});
		await call('POST', '/tickets', { body: ticket() });
		const { body } = await call('POST', '/tickets', { body: ticket({ departmentId: sales }) });
		const patch = (changes: object) => call('PATCH', `/tickets/${body.id}`, { body: changes });
		await patch({ priority: 'High' });
		await patch({ status: 'Open' });
		await patch({ status: 'Closed' });
		zoho.desk.insert('threads', { ticketId: body.id, content: 'a' }, { announced: true });
		zoho.desk.insert(
			'threads',
			{ ticketId: body.id, content: 'b', direction: 'out' },
			{ announced: true },
		);
		const got = await events();
		expect(got.map(({ eventType }) => eventType).sort()).toEqual([
			'Ticket_Add',
			'Ticket_Thread_Add',
			'Ticket_Update',
		]);
		expect(got.find(({ eventType }) => eventType === 'Ticket_Update')).toMatchObject({
			payload: { status: 'Closed', priority: 'High' },
			prevState: { status: 'Open', priority: 'High' },
		});
		const thread = got.find(({ eventType }) => eventType === 'Ticket_Thread_Add');
		expect(thread?.payload).toMatchObject({ content: 'a', ticketId: body.id });
	});

	it('come from people in Desk as well, and from the API only if so set', async () => {
		await subscribe({ Ticket_Add: null, Ticket_Update: null });
		zoho.desk.settings.announceApiWrites = false;
		const { body } = await call('POST', '/tickets', { body: ticket() });
		zoho.desk.update('tickets', body.id, { status: 'Closed' });
		expect(await events()).toMatchObject([
			{ eventType: 'Ticket_Update', payload: { id: body.id, status: 'Closed' } },
		]);
	});

	it('are kept from who ignores their source', async () => {
		await subscribe({ Contact_Add: null }, { ignoreSourceId: VERSION_1 });
		const add = (lastName: string, headers: Record<string, string>) =>
			call('POST', '/contacts', { body: { lastName }, headers });
		await add('own', { sourceId: VERSION_1 });
		await add('other', {});
		expect(await events()).toMatchObject([{ payload: { lastName: 'other' } }]);
	});

	it('are not delivered while the subscription is off or after it was deleted', async () => {
		const { body } = await subscribe({ Contact_Add: null });
		const path = `/webhooks/${body.id}`;
		await call('PATCH', path, { body: { isEnabled: false } });
		await call('POST', '/contacts', { body: { lastName: 'A' } });
		await call('PATCH', path, { body: { isEnabled: true } });
		await call('DELETE', path);
		await call('POST', '/contacts', { body: { lastName: 'B' } });
		expect(await events()).toEqual([]);
		expect((await call('GET', path)).status).toBe(404);
	});
});

describe('delivery', () => {
	const lose = async () => {
		await call('POST', '/contacts', { body: { lastName: 'A' } });
		await zoho.desk.delivered();
		return zoho.desk.deliveries.filter(({ kind }) => kind === 'event').map(({ status }) => status);
	};

	it('is tried once', async () => {
		await subscribe({ Contact_Add: null });
		receiver.answers.POST = 500;
		expect(await lose()).toEqual([500]);
		receiver.answers.POST = 202;
		expect(await lose()).toEqual([500, 202]);
		expect(zoho.desk.webhooks).toHaveLength(1);
	});

	it('is tried again, or done twice, if so set', async () => {
		await subscribe({ Contact_Add: null });
		Object.assign(zoho.desk.settings, { webhookAttempts: 3 });
		receiver.answers.POST = 500;
		expect(await lose()).toEqual([500, 500, 500]);
		Object.assign(zoho.desk.settings, { webhookCopies: 2 });
		receiver.answers.POST = 200;
		expect(await lose()).toEqual([500, 500, 500, 200, 200]);
	});

	it('ends the subscription at 410', async () => {
		await subscribe({ Contact_Add: null });
		receiver.answers.POST = 410;
		expect(await lose()).toEqual([410]);
		expect(zoho.desk.webhooks).toEqual([]);
	});

	it('does not wait for a slow receiver', async () => {
		await subscribe({ Contact_Add: null });
		zoho.desk.settings.webhookTimeoutMs = 50;
		receiver.answers.POST = 0;
		expect(await lose()).toEqual([null]);
	});
});
