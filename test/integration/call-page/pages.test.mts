import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { callPage } from './callPageNode.mts';

interface PageAnswer {
	html: string;
	statusCode: number;
	headers: Record<string, string>;
}

async function pageOf(
	operation: string,
	parameters: INodeParameters,
	item: IDataObject = {},
): Promise<PageAnswer> {
	const { page } = await callPage('page', operation, parameters, item);
	return page as unknown as PageAnswer;
}

const textOf = ({ html }: PageAnswer) =>
	html
		.replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>|<[^>]+>/g, ' ')
		.replace(/\s+/g, ' ');

it('every page keeps the item and gives what Respond to Webhook needs', async () => {
	const item = { link: { reason: 'This link is not genuine', advice: 'Ask.' }, query: {} };
	const answer = await callPage('page', 'message', {}, item);
	expect(answer).toMatchObject({
		...item,
		page: {
			html: expect.stringMatching(/^<!doctype html>/i),
			statusCode: 403,
			headers: {
				'content-type': 'text/html; charset=utf-8',
				'cache-control': 'no-store',
				'referrer-policy': 'no-referrer',
			},
		},
	});
});

describe('Page > Choose Record', () => {
	it('takes the matches of Caller > Find', async () => {
		const page = await pageOf(
			'chooseRecord',
			{ country: 'CN' },
			{
				link: { number: '+8675526601234' },
				match: {
					matches: [
						{
							module: 'Contacts',
							id: '5',
							name: '王芳',
							ownerId: '1',
							ownerEmail: 'ben@example.com',
							url: 'https://crm.zoho.eu/crm/org1/tab/Contacts/5',
							accountId: '7',
							accountName: 'Acme',
							matchedBy: 'exact',
							matchedField: 'Phone',
						},
						{ module: 'Leads', name: 'Eve', company: 'Evil', owner: { name: 'Anna' }, url: null },
					],
				},
			},
		);
		expect(page.html).toContain('href="https://crm.zoho.eu/crm/org1/tab/Contacts/5"');
		const text = textOf(page);
		expect(text).toContain('+86 755 2660 1234');
		expect(text).toMatch(/王芳 Contact Acme Owner: ben@example\.com/);
		expect(text).toMatch(/Eve Lead Evil Owner: Anna/);
	});

	it('takes a list that somebody typed', async () => {
		const records = JSON.stringify([{ name: 'Eve', url: 'javascript:alert(1)' }]);
		const page = await pageOf('chooseRecord', { records });
		expect(textOf(page)).toContain('Eve');
		expect(page.html).not.toContain('href=');
	});
});

describe('Page > New Caller', () => {
	const actions = {
		action: [
			{
				kind: 'lead',
				sendAs: 'form',
				address: 'https://n8n.example.com/webhook/new',
				askFor: ['name', 'company'],
			},
			{ kind: 'other', label: 'Zoho CRM', address: 'https://crm.zoho.eu/crm/tab/Leads/create' },
			{ kind: 'ticket', sendAs: 'form', address: '', askFor: ['subject'] },
		],
	};

	it('shows the last calls, and forms and links with an address', async () => {
		const page = await pageOf(
			'newCaller',
			{ number: '+8675526601234', displayName: 'ACME LTD', actions, timeZone: 'Asia/Shanghai' },
			{
				calls: [
					{
						callType: 'inboundAnswered',
						startedAt: '2026-11-26T17:30:00Z',
						agent: { name: 'Anna', extension: '1001' },
						talkSeconds: 75,
					},
				],
			},
		);
		const text = textOf(page);
		expect(text).toMatch(/Shown by the network as: ACME LTD/);
		expect(text).toMatch(/Incoming, answered .* 27 Nov 2026, 01:30 .*Anna 1 min 15 s/);
		expect(page.html.match(/<form/g)).toHaveLength(1);
		expect(page.html).toMatch(
			/<form method="post" action="https:\/\/n8n\.example\.com\/webhook\/new"/,
		);
		expect(page.html).toContain('href="https://crm.zoho.eu/crm/tab/Leads/create"');
		const fields = [...page.html.matchAll(/name="(\w+)"(?! content)/g)].map(([, name]) => name);
		expect(fields).toEqual(['kind', 'name', 'company', 'number']);
	});

	it('needs nothing but a number', async () => {
		const text = textOf(
			await pageOf('newCaller', { language: 'zh' }, { link: { number: '0700' } }),
		);
		expect(text).toContain('陌生来电');
		expect(text).toContain('此前没有与这个号码的通话');
	});

	it('refuses an unknown time zone and an unknown country', async () => {
		await expect(pageOf('newCaller', { timeZone: 'Mars' })).rejects.toMatchObject({
			message: "The time zone 'Mars' is not known",
		});
		await expect(pageOf('newCaller', { country: 'XX' })).rejects.toMatchObject({
			message: 'Country is not a country: XX',
		});
	});
});

describe('Page > Dialing', () => {
	const query = { purpose: 'clickToCall', user: 'anna@example.com', signature: 'abc' };

	it('starts with a form of its own for each answer', async () => {
		const [one, other] = await Promise.all([
			pageOf('dialing', { number: '0700' }, { query }),
			pageOf('dialing', { number: '0700' }, { query }),
		]);
		const onceOf = ({ html }: PageAnswer) => /name="once" value="([\w-]+)"/.exec(html)?.[1];
		expect(onceOf(one)).toMatch(/^[\w-]{16,}$/);
		expect(onceOf(one)).not.toBe(onceOf(other));
	});

	it('follows the call that Yeastar > Call > Dial has started', async () => {
		const page = await pageOf(
			'dialing',
			{ state: 'ringing', number: '0700', refreshSeconds: 3 },
			{ query, callId: '1772435720.42' },
		);
		expect(page.html).toContain('content="3;url=?purpose=clickToCall&amp;user=anna%40example.com');
		expect(page.html).toContain('&amp;call=1772435720.42"');
	});

	it('goes on following it', async () => {
		const page = await pageOf(
			'dialing',
			{ state: 'connected', number: '0700' },
			{ query: { ...query, call: '1772435720.42' } },
		);
		expect(page.html).toContain('&amp;call=1772435720.42"');
	});
});

describe('Page > Tickets', () => {
	const ticket = {
		id: '9',
		ticketNumber: '101',
		subject: '<script>alert(1)</script>',
		status: 'Escalated',
		statusType: 'Open',
		createdTime: '2026-11-26T17:30:00.000Z',
		webUrl: 'https://desk.zoho.eu/support/acme/ShowHomePage.do#Cases/dv/9',
		assignee: { id: '1', firstName: 'Anna', lastName: 'Smith' },
	};

	it('takes the tickets of Zoho Desk', async () => {
		const page = await pageOf(
			'tickets',
			{ name: 'Acme', timeZone: 'Asia/Shanghai' },
			{
				tickets: [{ ...ticket, ticketNumber: '100', statusType: 'Closed', assignee: null }, ticket],
			},
		);
		expect(page.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		expect(page.html).not.toContain('<script>');
		expect(page.html).toContain(`href="${ticket.webUrl}"`);
		const text = textOf(page);
		expect(text).toContain('1 open, 2 tickets in all');
		expect(text.indexOf('#101')).toBeLessThan(text.indexOf('#100'));
		expect(text).toMatch(/Escalated Anna Smith .* 27 Nov 2026, 01:30/);
		expect(text).toContain('Nobody');
	});

	it('shows the page that the query asks for', async () => {
		const tickets = Array.from({ length: 60 }, (_, index) => ({
			...ticket,
			ticketNumber: String(index + 1),
		}));
		const page = await pageOf('tickets', {}, { tickets, query: { page: '3' } });
		expect(textOf(page)).toContain('Page 3 of 3');
		expect(page.html.match(/<tr role="row"/g)).toHaveLength(21);
	});
});
