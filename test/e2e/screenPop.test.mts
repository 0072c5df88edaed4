import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startPageStack, type PageStack } from './pages/pageStack.mts';
import { userOfExtension } from './stack/staff.mts';

let stack: PageStack;
let popupUrl: string;

beforeAll(async () => {
	stack = await startPageStack('screen-pop', { country: 'CN' });
	const links = await stack.links();
	expect(links.map(({ extension }) => extension)).toEqual(
		stack.pbx.company.extensions.map(({ number }) => number),
	);
	popupUrl = links.find(({ extension }) => extension === '1001')?.popupUrl ?? '';
});
afterAll(async () => await stack?.stop());

/** What Linkus opens: it puts the number into the address as it is, so that a plus sign becomes a blank. */
const opened = (number: string, name = '') =>
	popupUrl
		.replace('{{.CallerNumber}}', number)
		.replace('{{.CallerDisplayName}}', encodeURIComponent(name));

const answerTo = async (url: string, init: RequestInit = {}) =>
	await fetch(url, { redirect: 'manual', ...init });

/** The page without its style. */
const shownIn = async (answer: Response) => (await answer.text()).replace(/^[\s\S]*<main/, '<main');

const posted = async (number: string, fields: Record<string, string>) =>
	await answerTo(opened(number), { method: 'POST', body: new URLSearchParams(fields) });

const crmRecord = (module: string, fields: Record<string, unknown>) => {
	const id = stack.zoho.insert(module, fields);
	return `${stack.zoho.baseUrl}/crm/tab/${module}/${id}`;
};
const deskContact = (lastName: string, phone: string) => {
	const id = stack.zoho.desk.insert('contacts', { lastName, phone });
	return String(
		stack.zoho.desk.records('contacts').find((record) => record.id === id)?.webUrl ?? '',
	);
};

describe('one record has the number', () => {
	it.each<[what: string, number: string, record: (number: string) => string]>([
		['a contact', '075526600001', (Phone) => crmRecord('Contacts', { Last_Name: 'Li', Phone })],
		[
			'a lead, by its mobile number and a blank in place of the plus sign',
			'+8613800000002',
			(Mobile) => crmRecord('Leads', { Last_Name: 'Wu', Company: 'Wu & Co', Mobile }),
		],
		[
			'an account',
			'075526600003',
			(Phone) => crmRecord('Accounts', { Account_Name: 'Ocean Trading', Phone }),
		],
		['a contact of Zoho Desk', '075526600004', (number) => deskContact('Zhang', number)],
	])('%s: the browser is sent there', async (_what, number, insert) => {
		const record = insert(number);
		const answer = await answerTo(opened(number));
		expect([answer.status, answer.headers.get('location')]).toEqual([302, record]);
		expect(answer.headers.get('cache-control')).toBe('no-store');
	});

	it('a contact beside the account that it belongs to, with the number of both', async () => {
		const Phone = '075526600005';
		const id = stack.zoho.insert('Accounts', { Account_Name: 'Harbour Ltd', Phone });
		const record = crmRecord('Contacts', { Last_Name: 'Xu', Phone, Account_Name: { id } });
		expect((await answerTo(opened(Phone))).headers.get('location')).toBe(record);
	});

	it('the browser arrives at the record', async () => {
		const record = crmRecord('Contacts', { Last_Name: 'Ma', Phone: '075526600006' });
		const tab = await stack.openTab();
		await tab.goto(opened('075526600006'), { waitUntil: 'commit' });
		expect(tab.url()).toBe(record);
		await tab.close();
	});

	it('for one request to Zoho; how long it takes is kept', async () => {
		crmRecord('Contacts', { Last_Name: 'Quick', Phone: '075526600007' });
		const times: Array<{ total: number; crm: number }> = [];
		for (let turn = 0; turn < 10; turn++) {
			const before = stack.zoho.requests.length;
			const began = Date.now();
			const { status } = await answerTo(opened('075526600007'));
			const requests = stack.zoho.requests.slice(before);
			expect([status, requests.length]).toEqual([302, 1]);
			const crm = requests[0].answeredAt - requests[0].at;
			times.push({ total: Date.now() - began, crm });
		}
		const folder = join(process.cwd(), 'test', 'output');
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'screen-pop-times.json'), JSON.stringify(times));
	});
});

it('who is in both products opens in the one that is named first', async () => {
	const number = '075526600010';
	const inCrm = crmRecord('Contacts', { Last_Name: 'Both', Phone: number });
	const inDesk = deskContact('Both', number);
	expect((await answerTo(opened(number))).headers.get('location')).toBe(inCrm);
	await stack.changeDefaults({ searchIn: 'desk, crm' });
	expect((await answerTo(opened(number))).headers.get('location')).toBe(inDesk);
	const lead = crmRecord('Leads', { Last_Name: 'Lead', Company: 'L', Phone: '075526600011' });
	expect((await answerTo(opened('075526600011'))).headers.get('location')).toBe(lead);
	await stack.changeDefaults({ searchIn: 'crm, desk' });
});

it('two records with the number are there to choose from', async () => {
	const number = '075526600020';
	const contact = crmRecord('Contacts', { Last_Name: 'Chen', First_Name: 'Wei', Phone: number });
	crmRecord('Leads', { Last_Name: 'Chen', Company: '<b>Chen & Sons</b>', Phone: number });
	const tab = await stack.openTab('zh-CN');
	await tab.goto(opened(number), { waitUntil: 'commit' });
	await tab.getByRole('listitem').nth(1).waitFor();
	expect(await tab.getByRole('listitem').count()).toBe(2);
	expect(await tab.locator('.number').innerText()).toBe('+86 755 2660 0020');
	await stack.picture(tab, 'choice');
	expect(await tab.getByText('<b>Chen & Sons</b>').isVisible()).toBe(true);
	await tab.getByRole('link').first().click();
	await tab.waitForURL(contact);
	await tab.close();
});

describe('nobody has the number', () => {
	it('the page shows it with the last calls, and its form creates a lead that opens', async () => {
		const number = '075526600030';
		await stack.pbx.place({ kind: 'inboundThroughQueue', from: number, answeredBy: '1004' });
		await stack.pbx.place({ kind: 'inboundToExtension', from: '075526699999' });
		await stack.pbx.place({ kind: 'outbound', to: number, outcome: 'unanswered' });
		const tab = await stack.openTab();
		await tab.goto(opened(number, 'OCEAN <SZ>'), { waitUntil: 'commit' });
		await tab.getByRole('heading', { name: 'Last calls' }).waitFor();
		expect(await tab.locator('.number').innerText()).toBe('+86 755 2660 0030');
		expect(await tab.getByText('OCEAN <SZ>').isVisible()).toBe(true);
		expect(await tab.locator('.list > li').count()).toBe(2);
		await stack.picture(tab, 'new-caller');
		await tab.locator('summary').first().click();
		const form = tab.locator('details[open] form');
		await form.getByLabel('Name').fill('Song Li');
		await form.getByLabel('Company').fill('Song Logistics');
		await stack.picture(tab, 'new-lead');
		await form.getByRole('button').click();
		await tab.waitForURL(/\/crm\/tab\/Leads\//);
		const owner = userOfExtension(stack.zoho, stack.pbx.company, '1001').id;
		const leads = stack.zoho.records('Leads').filter(({ Phone }) => Phone === '+8675526600030');
		expect(leads).toMatchObject([
			{ Last_Name: 'Song Li', Company: 'Song Logistics', Owner: { id: owner } },
		]);
		expect(tab.url()).toBe(`${stack.zoho.baseUrl}/crm/tab/Leads/${String(leads[0].id)}`);
		await tab.close();
	});

	it('a form that is sent twice creates once', async () => {
		const number = '075526600031';
		const fields = {
			kind: 'contact',
			number,
			name: 'Twice',
			email: 'twice@example.com',
			note: 'x',
		};
		const answers = await Promise.all([posted(number, fields), posted(number, fields)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([303, 429]);
		const contacts = stack.zoho
			.records('Contacts')
			.filter(({ Last_Name }) => Last_Name === 'Twice');
		expect(contacts).toMatchObject([
			{ Phone: '+8675526600031', Email: 'twice@example.com', Description: 'x' },
		]);
	});

	it('a ticket with its contact is created and opens', async () => {
		const number = '075526600032';
		const answer = await posted(number, {
			kind: 'ticket',
			number,
			name: 'Guo',
			email: 'guo@example.com',
			subject: 'Cannot log in',
			note: 'Since <today>',
		});
		const [contact] = stack.zoho.desk
			.records('contacts')
			.filter(({ lastName }) => lastName === 'Guo');
		expect(contact).toMatchObject({ phone: '+8675526600032', email: 'guo@example.com' });
		const tickets = stack.zoho.desk
			.records('tickets')
			.filter(({ contactId }) => contactId === contact.id);
		expect(tickets).toMatchObject([{ subject: 'Cannot log in', channel: 'Phone' }]);
		expect(tickets[0].description).toContain('Since &lt;today>');
		expect([answer.status, answer.headers.get('location')]).toEqual([303, tickets[0].webUrl]);
	});

	it('the page leads to forms of Zoho, and offers nothing for a product that is left out', async () => {
		await stack.changeDefaults({
			searchIn: 'crm',
			leadFormAddress: 'https://crm.example.com/crm/tab/Leads/create',
		});
		const html = await shownIn(await answerTo(opened('075526600033')));
		expect(html).toContain('href="https://crm.example.com/crm/tab/Leads/create"');
		expect(html).not.toContain('value="ticket"');
		await stack.changeDefaults({ searchIn: 'crm, desk', leadFormAddress: '' });
	});
});

it('a hidden number opens a page that says so', async () => {
	const tab = await stack.openTab();
	const before = stack.zoho.requests.length;
	await tab.goto(opened('anonymous'), { waitUntil: 'commit' });
	await tab.getByRole('heading', { name: 'The caller hides the number' }).waitFor();
	expect(stack.zoho.requests.length).toBe(before);
	await stack.picture(tab, 'anonymous');
	await tab.close();
});

it.each<[what: string, url: () => string]>([
	['changed', () => opened('075526600001').replace('extension=1001', 'extension=1002')],
	['not signed', () => opened('075526600001').replace(/signature=\w+/, '')],
])('a link that is %s opens nothing, and its form writes nothing', async (_what, url) => {
	const before = stack.zoho.requests.length;
	const body = new URLSearchParams({ kind: 'lead', number: '075526600040', name: 'No' });
	for (const init of [{}, { method: 'POST', body }]) {
		const answer = await answerTo(url(), init);
		expect(answer.status).toBe(403);
		expect(await shownIn(answer)).toContain('This link is not');
	}
	expect(stack.zoho.requests.length).toBe(before);
});

it('if Zoho CRM refuses, the page says why', async () => {
	stack.zoho.faults.add({ kind: 'status', status: 403, times: 10 });
	const answer = await answerTo(opened('075526600050'));
	stack.zoho.faults.clear();
	expect(answer.status).toBe(502);
	const text = await shownIn(answer);
	expect(text).toContain('Zoho could not do this');
	expect(text).toContain('lacks a right');
});

it('nodes of products that a company does not have may be deactivated', async () => {
	const lacking = [
		'Find Caller in Desk',
		'Create Contact in Desk',
		'Create Ticket',
		'Get Calls of the Number',
	];
	const without = lacking.map((name) => [name, { disabled: true }] as const);
	await stack.changeDefaults({}, Object.fromEntries(without));
	const record = crmRecord('Contacts', { Last_Name: 'Only', Phone: '075526600060' });
	expect((await answerTo(opened('075526600060'))).headers.get('location')).toBe(record);
	const before = stack.zoho.desk.requests.length;
	const answer = await answerTo(opened('075526600061'));
	expect([answer.status, await shownIn(answer)]).toEqual([
		200,
		expect.stringContaining('No earlier calls with this number'),
	]);
	expect(stack.zoho.desk.requests.length).toBe(before);
});
