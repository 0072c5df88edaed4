import { connectDesk } from '../../simulators/zoho/desk/deskClient.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

const NOON = Date.parse('2026-04-01T12:00:00Z');

let now = NOON;
let zoho: ZohoSimulator;
let call: ReturnType<typeof connectDesk>;
let ticketId: string;

beforeAll(async () => {
	zoho = await startZohoSimulator({ now: () => now });
	call = connectDesk(zoho);
});
beforeEach(() => {
	now = NOON;
	zoho.reset();
	const contactId = zoho.desk.insert('contacts', { lastName: 'Zhang', email: 'zhang@example.cn' });
	ticketId = zoho.desk.insert('tickets', {
		subject: 'A',
		departmentId: zoho.desk.departments[0].id,
		contactId,
		channel: 'Email',
	});
});
afterAll(() => zoho.close());

describe('comments', () => {
	const add = (body: object) => call('POST', `/tickets/${ticketId}/comments`, { body });

	it('are private and HTML unless told otherwise', async () => {
		const { status, body } = await add({ content: 'Called back' });
		expect(status).toBe(200);
		expect(body).toMatchObject({
			content: 'Called back',
			contentType: 'html',
			isPublic: false,
			commenterId: zoho.desk.agents[0].id,
			commenter: { name: 'Eva Kunz', type: 'AGENT' },
			commentedTime: '2026-04-01T12:00:00.000Z',
		});
		expect((await call('GET', `/tickets/${ticketId}`)).body.commentCount).toBe('1');
	});

	it('are listed oldest first, or newest first', async () => {
		expect((await call('GET', `/tickets/${ticketId}/comments`)).status).toBe(204);
		await add({ content: 'one', isPublic: true, contentType: 'plainText' });
		now += 60_000;
		await add({ content: 'two' });
		const contents = async (query?: Record<string, string>) => {
			const { body } = await call('GET', `/tickets/${ticketId}/comments`, { query });
			return body.data.map(({ content }: { content: string }) => content);
		};
		expect(await contents()).toEqual(['one', 'two']);
		expect(await contents({ sortBy: '-commentedTime' })).toEqual(['two', 'one']);
		expect(await contents({ from: '2' })).toEqual(['two']);
	});

	it.each([
		['no content', { isPublic: true }, '/content'],
		['the content type of threads', { content: 'a', contentType: 'text/plain' }, '/contentType'],
		['public as text', { content: 'a', isPublic: 'true' }, '/isPublic'],
		['an unknown field', { content: 'a', public: true }, '/public'],
	])('refuse %s', async (_case, comment, fieldName) => {
		const { status, body } = await add(comment);
		expect([status, body.errors[0].fieldName]).toEqual([422, fieldName]);
	});

	it('of contacts know content only', async () => {
		const contactId = zoho.desk.insert('contacts', { lastName: 'Li' });
		const path = `/contacts/${contactId}/comments`;
		const { body } = await call('POST', path, { body: { content: 'VIP' } });
		expect(body).not.toHaveProperty('isPublic');
		expect((await call('POST', path, { body: { content: 'a', isPublic: false } })).status).toBe(
			422,
		);
	});

	it('can be changed and deleted', async () => {
		const { body } = await add({ content: 'one' });
		const path = `/tickets/${ticketId}/comments/${body.id}`;
		const changed = await call('PATCH', path, { body: { content: 'two' } });
		expect(changed.body.content).toBe('two');
		expect((await call('DELETE', path)).status).toBe(204);
		expect((await call('GET', path)).status).toBe(404);
	});
});

describe('threads', () => {
	it('are newest first and without content in lists', async () => {
		zoho.desk.insert('threads', { ticketId, content: '<p>Where is <b>it</b>?</p>' });
		const { body } = await call('GET', `/tickets/${ticketId}/threads`);
		expect(body.data[0]).toMatchObject({
			channel: 'EMAIL',
			direction: 'in',
			summary: 'Where is it?',
			contentType: 'text/html',
			author: { type: 'END_USER', email: 'zhang@example.cn' },
		});
		expect(body.data[0]).not.toHaveProperty('content');
		const one = await call('GET', `/tickets/${ticketId}/threads/${body.data[0].id}`, {
			query: { include: 'plainText' },
		});
		expect(one.body).toMatchObject({
			content: '<p>Where is <b>it</b>?</p>',
			plainText: 'Where is it?',
		});
	});

	const reply = (changes: object = {}) =>
		call('POST', `/tickets/${ticketId}/sendReply`, {
			body: {
				channel: 'EMAIL',
				fromEmailAddress: 'support@acmehelp.example',
				to: 'zhang@example.cn',
				content: 'On its way',
				contentType: 'plainText',
				...changes,
			},
		});

	it('take a reply, which is pending at first', async () => {
		const { status, body } = await reply({ ticketStatus: 'Closed' });
		expect(status).toBe(200);
		expect(body).toMatchObject({
			direction: 'out',
			status: 'PENDING',
			contentType: 'text/plain',
			author: { type: 'AGENT', name: 'Eva Kunz' },
		});
		const latest = await call('GET', `/tickets/${ticketId}/latestThread`);
		expect(latest.body).toMatchObject({ id: body.id, status: 'SUCCESS' });
		const ticket = await call('GET', `/tickets/${ticketId}`);
		expect(ticket.body).toMatchObject({ threadCount: '1', status: 'Closed' });
	});

	it.each([
		['a sender who is none of the support addresses', { fromEmailAddress: 'me@x.y' }],
		['no receiver', { to: undefined }],
		['a channel that cannot reply', { channel: 'PHONE' }],
		['a channel in small letters', { channel: 'email' }],
	])('refuse a reply with %s', async (_case, changes) => {
		expect((await reply(changes)).body.errorCode).toBe('INVALID_DATA');
		expect((await call('GET', `/tickets/${ticketId}/threads`)).status).toBe(204);
	});

	it('come together with comments as conversations', async () => {
		zoho.desk.insert('threads', { ticketId, content: 'one' });
		zoho.desk.insert('comments', { ticketId, content: 'two' });
		const { body } = await call('GET', `/tickets/${ticketId}/conversations`);
		expect(body.data.map(({ type }: { type: string }) => type)).toEqual(['comment', 'thread']);
	});
});

describe('files', () => {
	const form = (name = 'file', content = 'RIFF…') => {
		const data = new FormData();
		data.append(name, new Blob([content], { type: 'audio/wav' }), 'call 77.wav');
		return data;
	};

	it('are attached, listed and loaded with token and organisation', async () => {
		const path = `/tickets/${ticketId}/attachments`;
		const { status, body } = await call('POST', path, {
			form: form(),
			query: { isPublic: 'false' },
		});
		expect(status).toBe(200);
		expect(body).toMatchObject({ name: 'call 77.wav', size: '7', isPublic: false });
		expect((await call('GET', path)).body.data).toEqual([body]);
		const headers = {
			authorization: `Zoho-oauthtoken ${zoho.issueToken().access_token}`,
			orgId: zoho.desk.orgId,
		};
		const loaded = await fetch(body.href, { headers });
		expect(loaded.headers.get('content-type')).toBe('audio/wav');
		expect(await loaded.text()).toBe('RIFF…');
		expect((await fetch(body.href)).status).toBe(401);
		expect(zoho.desk.requests[0].body).toEqual({
			file: { name: 'call 77.wav', type: 'audio/wav', size: 7 },
		});
	});

	it('must be the one part that is named file', async () => {
		const path = `/tickets/${ticketId}/attachments`;
		expect((await call('POST', path, { form: form('data') })).status).toBe(422);
		const two = form();
		two.append('note', 'x');
		expect((await call('POST', path, { form: two })).status).toBe(422);
		const json = await call('POST', path, { body: { file: 'x' } });
		expect([json.status, json.body.errorCode]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
		const broken = await call('POST', path, {
			headers: { 'content-type': 'multipart/form-data; boundary=x' },
			body: 'x',
		});
		expect([broken.status, broken.body.errorCode]).toEqual([400, 'BAD_REQUEST']);
	});

	it('over 20 MB are refused', async () => {
		const path = `/tickets/${ticketId}/attachments`;
		const { status, body } = await call('POST', path, {
			form: form('file', 'x'.repeat(20 * 1024 * 1024 + 1)),
		});
		expect([status, body.errorCode]).toEqual([413, 'RESOURCE_SIZE_EXCEEDED']);
	});

	it('are uploaded first for tickets and replies', async () => {
		const { body } = await call('POST', '/uploads', { form: form() });
		const [{ departmentId, contactId }] = zoho.desk.records('tickets');
		const ticket = { subject: 'B', departmentId, contactId, uploads: [body.id] };
		const created = await call('POST', '/tickets', { body: ticket });
		expect(created.body.id).toMatch(/^\d+$/);
		const read = await call('GET', `/tickets/${created.body.id}`);
		expect(read.body.attachmentCount).toBe('1');
		const comment = await call('POST', `/tickets/${ticketId}/comments`, {
			body: { content: 'a', attachmentIds: [body.id] },
		});
		const path = `/tickets/${ticketId}/comments/${comment.body.id}/attachments/${body.id}/content`;
		expect(comment.body.attachments).toEqual([
			{ id: body.id, name: 'call 77.wav', size: '7', href: `${zoho.baseUrl}/api/v1${path}` },
		]);
	});
});
