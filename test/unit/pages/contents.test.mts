import { languageOf } from '../../../nodes/pages/language';
import { ageOf, clockTime } from '../../../nodes/pages/moments';
import { dialingPage, type Dialing } from '../../../nodes/pages/dialingPage';
import { ticketsPage, type ShownTicket } from '../../../nodes/pages/ticketsPage';
import { newCallerPage } from '../../../nodes/pages/newCallerPage';
import { NOW } from './samplePages.mts';

const reader = { language: 'en' as const, timeZone: 'Asia/Shanghai', now: NOW };
const textOf = (page: string) =>
	page
		.replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>|<[^>]+>/g, ' ')
		.replace(/\s+/g, ' ');

describe('the language', () => {
	it.each([
		['zh', 'zh'],
		['en', 'en'],
		['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
		['en-GB,en;q=0.9,zh-CN;q=0.8', 'en'],
		['en;q=0.5, zh-Hant-TW;q=0.7', 'zh'],
		['de-DE,de;q=0.9,zh;q=0.3', 'zh'],
		['zh;q=0, en', 'en'],
		['de', 'en'],
		['', 'en'],
		[undefined, 'en'],
		[['zh'], 'en'],
	])('of %j is %s', (wanted, language) => {
		expect(languageOf(wanted)).toBe(language);
	});
});

describe('a time', () => {
	const minute = 60_000;
	const day = 1440 * minute;
	it.each([
		[-5 * minute, 'just now'],
		[59_999, 'just now'],
		[minute, '1 minute ago'],
		[59 * minute, '59 minutes ago'],
		[60 * minute, '1 hour ago'],
		[47 * 60 * minute, '47 hours ago'],
		[2 * day, '2 days ago'],
		[59 * day, '59 days ago'],
		[60 * day, '2 months ago'],
		[729 * day, '24 months ago'],
		[730 * day, '2 years ago'],
	])('%d ms ago is %s', (age, words) => {
		expect(ageOf(NOW - age, reader)).toBe(words);
	});

	it('is told by the clock of the reader', () => {
		expect(clockTime('2026-11-26T17:30:00.000Z', reader)).toBe('27 Nov 2026, 01:30');
		expect(clockTime('2026-11-26T17:30:00Z', { ...reader, language: 'zh' })).toBe(
			'2026年11月27日 01:30',
		);
		expect(clockTime('2026-11-26T17:30:00Z', { ...reader, timeZone: 'America/New_York' })).toBe(
			'26 Nov 2026, 12:30',
		);
		expect(clockTime('yesterday', reader)).toBe('');
	});
});

describe('the page of tickets', () => {
	const ticket = (number: number, isOpen: boolean): ShownTicket => ({
		number: String(number),
		subject: `Subject ${number}`,
		status: null,
		isOpen,
		assignee: null,
		createdAt: new Date(NOW - number * 3_600_000).toISOString(),
		url: null,
	});
	const all = Array.from({ length: 60 }, (_, index) => ticket(index + 1, index % 3 === 2));
	const page = (number: number, tickets = all) =>
		ticketsPage({
			reader,
			name: 'Acme',
			tickets,
			page: number,
			pageSize: 25,
			query: { user: 'anna', page: String(number) },
			newTicketAddress: '',
		}).html;
	const numbersOn = (html: string) => [...html.matchAll(/>#(\d+)</g)].map(([, number]) => number);

	it('has open ones first, the newest of them first, over all pages', () => {
		const shown = [1, 2, 3].flatMap((number) => numbersOn(page(number)));
		const numbers = all.map(({ number }) => Number(number));
		const open = numbers.filter((number) => number % 3 === 0);
		const closed = numbers.filter((number) => number % 3 !== 0);
		expect(shown).toEqual([...open, ...closed].map(String));
		expect(textOf(page(1))).toContain('20 open, 60 tickets in all');
	});

	it.each([
		[0, 'Page 1 of 3'],
		[Number.NaN, 'Page 1 of 3'],
		[1.9, 'Page 1 of 3'],
		[3, 'Page 3 of 3'],
		[99, 'Page 3 of 3'],
	])('asked for page %d shows %s', (number, shown) => {
		expect(textOf(page(number))).toContain(shown);
	});

	it('leads to the page before and the page after, with the parameters of the link', () => {
		const links = (html: string) => [...html.matchAll(/href="(\?[^"]+)"/g)].map(([, to]) => to);
		expect(links(page(1))).toEqual(['?user=anna&amp;page=2']);
		expect(links(page(2))).toEqual(['?user=anna&amp;page=1', '?user=anna&amp;page=3']);
		expect(links(page(3))).toEqual(['?user=anna&amp;page=2']);
		expect(links(page(1, all.slice(0, 25)))).toEqual([]);
	});

	it('says that there are none', () => {
		expect(textOf(page(1, []))).toContain('There are no tickets.');
		expect(page(1, [])).not.toContain('<table');
	});
});

describe('the page of a call being dialled', () => {
	const dialing = (changed: Partial<Dialing>) =>
		dialingPage({
			language: 'en',
			state: 'ready',
			number: ' 8675526601234',
			country: null,
			name: '',
			extension: '1001',
			reason: '',
			query: { signature: 'abc', number: '+8675526601234', call: 'old' },
			callId: '17.42',
			refreshSeconds: 2,
			once: 'once-only',
			...changed,
		}).html;

	it('understands a number whose plus sign got lost', () => {
		expect(textOf(dialing({}))).toContain('+86 755 2660 1234');
	});

	it.each(['ready', 'ended', 'failed'] as const)('dials by a form only, when %s', (state) => {
		const page = dialing({ state });
		expect(page).toContain('method="post" action="?signature=abc&amp;number=%2B8675526601234"');
		expect(page).toContain('name="once" value="once-only"');
		expect(page).not.toContain('http-equiv="refresh"');
		expect(page.includes('<script>')).toBe(state === 'ready');
	});

	it.each(['ringing', 'connected'] as const)(
		'follows the call and dials no more, when %s',
		(state) => {
			const page = dialing({ state });
			expect(page).toContain(
				'http-equiv="refresh" content="2;url=?signature=abc&amp;number=%2B8675526601234&amp;call=17.42"',
			);
			expect(page).not.toMatch(/<form|<script/);
			expect(dialing({ state, callId: '' })).not.toContain('http-equiv="refresh"');
		},
	);

	it('tells why the PBX refused', () => {
		const page = dialing({ state: 'failed', reason: 'The extension may not dial this number' });
		expect(textOf(page)).toContain('What the PBX says The extension may not dial this number');
		expect(page).toContain('role="alert"');
	});
});

describe('the page of a caller whom nobody knows', () => {
	const caller = (number: string, address = '?purpose=screenPop') =>
		newCallerPage({
			reader,
			number,
			country: 'CN',
			displayName: '',
			calls: [],
			actions: [{ kind: 'lead', label: '', address, sendAs: 'form', fields: ['name'] }],
		}).html;

	it('fills the number in', () => {
		expect(caller('0755 26601234')).toContain('name="number" value="+86 755 2660 1234"');
	});

	it('says that a number is withheld, and fills nothing in', () => {
		expect(textOf(caller('Anonymous'))).toContain('Number withheld');
		expect(caller('Anonymous')).toContain('name="number" value=""');
	});

	it('has no button that leads nowhere', () => {
		expect(caller('0755 26601234', 'nowhere')).not.toContain('<form');
	});
});
