import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

import { signedLink } from '../../nodes/links/signLink';
import { field } from '../simulators/zoho/crm/metadata/fieldDefinition.mts';
import { userOfExtension } from './stack/staff.mts';
import { startStack, type Stack } from './stack/startStack.mts';
import { until } from './stack/until.mts';
import { publicationOf } from './triggerWorkflow.mts';

const signingKey = 'a key of the tests with 32 characters';
const pictures = join(process.cwd(), 'test', 'output', 'tickets-in-crm');
const MODULES = ['Leads', 'Contacts', 'Accounts'];

let stack: Stack;
let browser: Browser;
let workflowId: string;

beforeAll(async () => {
	mkdirSync(pictures, { recursive: true });
	stack = await startStack({ zoho: { desk: { edition: 'PROFESSIONAL' } } });
	const { client, zoho } = stack;
	for (const { apiName, fields } of zoho.modules) {
		if (!MODULES.includes(apiName)) continue;
		fields.push(
			field('integer', 'Open_Tickets', { custom: true }),
			field('text', 'Last_Ticket', { custom: true }),
			field('text', 'Last_Ticket_Status', { custom: true }),
			field('text', 'Last_Ticket_Subject', { custom: true, length: 255 }),
			field('datetime', 'Last_Ticket_Contact', { custom: true }),
		);
	}
	Object.assign(reader(), { time_zone: 'Asia/Shanghai', locale: 'zh_CN', language: 'zh_CN' });
	const keys = await client.createCredential('callBridgeLinkApi', 'Links', { signingKey });
	const credentials = [...stack.credentials, keys];
	await client.runManually((await client.importTemplate('setup')).id);
	({ id: workflowId } = await client.importTemplate('tickets-in-crm', { credentials }));
	await client.publish(workflowId);
	expect(await publicationOf(client, workflowId)).toMatchObject({ message: null });
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
		args: ['--no-sandbox'],
	});
});
afterAll(async () => {
	await browser?.close();
	await stack?.stop();
});

const reader = () => userOfExtension(stack.zoho, stack.pbx.company, '1001');
const desk = () => stack.zoho.desk;

function ticketOf(contactId: string, subject: string, more: Record<string, unknown> = {}): string {
	const departmentId = desk().departments[0].id;
	return desk().insert('tickets', { contactId, departmentId, subject, channel: 'Phone', ...more });
}

function linkTo(module: string, id: string, user = 'nobody@example.com'): string {
	const link = signedLink(
		`${stack.n8n.url}/webhook/callbridge-tickets`,
		{ purpose: 'tickets', extension: '', user, expires: 0 },
		[
			{ name: 'module', value: module, kind: 'signed' },
			{ name: 'id', value: id, kind: 'signed' },
		],
		signingKey,
	);
	if ('refusal' in link) throw new Error(link.refusal);
	return link.url;
}

async function opened(url: string, locale = 'en-GB'): Promise<Page> {
	const page = await browser.newPage({ locale, viewport: { width: 1100, height: 800 } });
	await page.goto(url, { waitUntil: 'domcontentloaded' });
	return page;
}

const rowsOf = async (page: Page) =>
	(await page.locator('tbody tr').allInnerTexts()).map((row) => row.split(/\s*\t\s*|\n+/));

const picture = async (page: Page, name: string) =>
	await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });

describe('the page', () => {
	it("shows a contact's tickets by the link of Zoho Desk, open ones first, in the user's language and zone", async () => {
		const crmId = stack.zoho.insert('Contacts', {
			First_Name: 'Wei',
			Last_Name: 'Zhang',
			Phone: '+86 755 2660 1234',
		});
		const linked = desk().insert('contacts', {
			firstName: 'Wei',
			lastName: 'Zhang',
			phone: '0800',
			zohoCRMContact: { id: crmId, type: 'contacts_leads' },
		});
		// Has the number, but is another person of Zoho CRM.
		const other = desk().insert('contacts', {
			lastName: 'Li',
			phone: '+86 755 2660 1234',
			zohoCRMContact: { id: '554023000009999999', type: 'contacts_leads' },
		});
		ticketOf(other, 'Of somebody else');
		ticketOf(linked, 'Closed <script>document.title = "run"</script>', {
			status: 'Closed',
			createdTime: '2026-03-04T20:30:00.000Z',
		});
		ticketOf(linked, 'Still open', { createdTime: '2026-03-01T01:00:00.000Z' });

		const page = await opened(linkTo('Contacts', crmId, reader().email));
		const rows = await rowsOf(page);
		expect(rows.map((row) => row.join(' '))).toEqual([
			expect.stringContaining('Still open'),
			expect.stringContaining('Closed <script>document.title = "run"</script>'),
		]);
		expect(await page.title()).not.toBe('run');
		expect(await page.locator('html').getAttribute('lang')).toMatch(/^zh/);
		// 20:30 in UTC is the next day in Shanghai.
		expect(await page.locator('tbody').innerHTML()).toMatch(/2026.{0,3}3.{0,2}5[^<]*4:30/);
		await picture(page, 'contact');
		await page.close();
	});

	it('finds a lead by its number alone, however it was typed', async () => {
		const crmId = stack.zoho.insert('Leads', {
			Last_Name: 'Haas',
			Company: 'Haas AG',
			Phone: '+41 44 555 01 23',
		});
		const contact = desk().insert('contacts', { lastName: 'Caller', phone: '0445550123' });
		ticketOf(contact, 'Where is my order?');
		const page = await opened(linkTo('Leads', crmId));
		expect(await page.locator('tbody').innerText()).toContain('Where is my order?');
		expect(await page.locator('html').getAttribute('lang')).toBe('en');
		await picture(page, 'lead');
		await page.close();
	});

	it('pages through the 60 tickets of an account', async () => {
		const crmId = stack.zoho.insert('Accounts', { Account_Name: 'Ocean Trading' });
		const accountId = desk().insert('accounts', {
			accountName: 'Ocean Trading',
			zohoCRMAccount: { id: crmId },
		});
		const contact = desk().insert('contacts', { lastName: 'Wang', accountId });
		for (let serial = 1; serial <= 60; serial++) {
			ticketOf(contact, `Order ${serial}`, { accountId });
		}
		const seen: string[] = [];
		for (let number = 1; number <= 3; number++) {
			const page = await opened(`${linkTo('Accounts', crmId)}&page=${number}`);
			seen.push(...(await page.locator('tbody tr').allInnerTexts()));
			if (number === 2) await picture(page, 'account');
			await page.close();
		}
		const subjects = seen.map((row) => /Order \d+/.exec(row)?.[0]);
		expect(new Set(subjects).size).toBe(60);
	});

	it('shows the newest tickets of all customers for a signed module=all only', async () => {
		const contact = desk().insert('contacts', { lastName: 'Anybody' });
		ticketOf(contact, 'Of anybody');
		const link = (kind: 'signed' | 'unsigned') => {
			const made = signedLink(
				`${stack.n8n.url}/webhook/callbridge-tickets`,
				{ purpose: 'tickets', extension: '', user: 'desk@example.com', expires: 0 },
				[{ name: 'module', value: 'all', kind }],
				signingKey,
			);
			return 'url' in made ? made.url : made.refusal;
		};
		const answer = await fetch(link('signed'));
		expect(answer.status).toBe(200);
		expect(await answer.text()).toContain('Of anybody');
		expect((await fetch(link('unsigned'))).status).toBe(403);
	});

	it('says that there are none, and refuses a link of which the record is changed or not signed', async () => {
		const crmId = stack.zoho.insert('Contacts', { Last_Name: 'Neu' });
		const page = await opened(linkTo('Contacts', crmId));
		expect(await page.locator('tbody tr').count()).toBe(0);
		expect(await page.locator('body').innerText()).toMatch(/no tickets/i);
		await picture(page, 'none');
		await page.close();

		const changed = linkTo('Contacts', crmId).replace(crmId, '554023000000000001');
		expect((await fetch(changed)).status).toBe(403);
		const unsigned = signedLink(
			`${stack.n8n.url}/webhook/callbridge-tickets`,
			{ purpose: 'tickets', extension: '', user: 'a@example.com', expires: 0 },
			[{ name: 'id', value: crmId, kind: 'unsigned' }],
			signingKey,
		);
		const refused = await fetch('url' in unsigned ? unsigned.url : '');
		expect(refused.status).toBe(403);
		expect(await refused.text()).toContain('not signed for a record');
		const gone = await fetch(linkTo('Contacts', '554023000000000001'));
		expect(gone.status).toBe(502);
		expect(await gone.text()).toContain('could not be read');
	});
});

interface RollUp {
	Open_Tickets: number;
	Last_Ticket: string | null;
	Last_Ticket_Status: string | null;
	Last_Ticket_Subject: string | null;
	Last_Ticket_Contact: string | null;
}

it('five fields of the record follow a ticket: opened, answered, closed, moved to the trash', async () => {
	const email = 'mei@example.com';
	const crmId = stack.zoho.insert('Contacts', { Last_Name: 'Mei', Email: email });
	const fields = () =>
		stack.zoho.records('Contacts').find(({ id }) => id === crmId) as unknown as RollUp;
	const once = async (what: string, holds: (now: RollUp) => boolean) =>
		await until(() => (holds(fields()) ? { ...fields() } : undefined), {
			what,
			timeoutMs: 60_000,
		});
	const departmentId = desk().departments[0].id;
	const contactId = desk().insert('contacts', { lastName: 'Mei', email });
	const announced = { announced: true };

	const ticketId = desk().insert(
		'tickets',
		{ contactId, departmentId, subject: 'Broken', channel: 'Email' },
		announced,
	);
	const number = desk()
		.records('tickets')
		.find(({ id }) => id === ticketId)?.ticketNumber as string;
	const opened = await once('the opened ticket', (now) => now.Open_Tickets === 1);
	expect(opened).toMatchObject({
		Last_Ticket: `#${number}`,
		Last_Ticket_Status: 'Open',
		Last_Ticket_Subject: 'Broken',
	});

	const answeredAt = new Date(Date.now() + 3_600_000).toISOString();
	desk().insert(
		'threads',
		{ ticketId, content: 'We are at it', direction: 'out', createdTime: answeredAt },
		announced,
	);
	await once(
		'the answer',
		(now) => Math.abs(Date.parse(now.Last_Ticket_Contact ?? '') - Date.parse(answeredAt)) <= 1_000,
	);

	desk().update('tickets', ticketId, { status: 'Closed' });
	const closed = await once('the closed ticket', (now) => now.Open_Tickets === 0);
	expect(closed).toMatchObject({ Last_Ticket: `#${number}`, Last_Ticket_Status: 'Closed' });

	desk().remove('tickets', ticketId);
	const trashed = await once('the ticket in the trash', (now) => now.Last_Ticket === null);
	expect(trashed).toMatchObject({
		Open_Tickets: 0,
		Last_Ticket_Status: null,
		Last_Ticket_Subject: null,
		Last_Ticket_Contact: null,
	});
	const runs = await stack.client.listExecutions({ workflowId, status: ['error', 'crashed'] });
	expect(runs).toEqual([]);
});

it('at night the fields are put right of records of which no event has told', async () => {
	const crmId = stack.zoho.insert('Accounts', { Account_Name: 'Stale', Open_Tickets: 5 });
	const trigger = 'When the Night Comes';
	const { status } = await stack.client.runManually(workflowId, { trigger });
	expect(status).toBe('success');
	expect(stack.zoho.records('Accounts').find(({ id }) => id === crmId)).toMatchObject({
		Open_Tickets: 0,
		Last_Ticket: null,
	});
});
