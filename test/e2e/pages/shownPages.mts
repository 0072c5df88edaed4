import { chooseRecordPage } from '../../../nodes/pages/chooseRecordPage';
import { dialingPage, type DialingState } from '../../../nodes/pages/dialingPage';
import type { Language } from '../../../nodes/pages/language';
import { messagePage } from '../../../nodes/pages/messagePage';
import { newCallerPage } from '../../../nodes/pages/newCallerPage';
import type { Page } from '../../../nodes/pages/page';
import { ticketsPage, type ShownTicket } from '../../../nodes/pages/ticketsPage';
import { wordsOf } from '../../../nodes/pages/words/wordsOf';

export const NOW = Date.parse('2026-11-27T08:00:00Z');

interface Shown {
	language: Language;
	query: Record<string, string>;
	/** Where links lead. */
	elsewhere: string;
}

const number = '+8675526601234';

export const dialing = (state: DialingState, { language, query }: Omit<Shown, 'elsewhere'>) =>
	dialingPage({
		language,
		state,
		number,
		country: 'CN',
		name: language === 'zh' ? '王芳（深圳市远航贸易有限公司）' : 'Wang Fang (Ocean Trading)',
		extension: '1001',
		reason:
			state === 'failed'
				? 'The extension 1001 has no permission to dial this number (OUTBOUND PERMISSION DENIED)'
				: '',
		query,
		callId: '1772435720.42',
		refreshSeconds: 1,
		once: 'f3b9c1de-0000-4000-8000-000000000000',
	});

const subjects = [
	'Invoice 2026-1187 shows the wrong VAT',
	'<script>alert("I am text")</script>',
	'Cannot log in to the portal since the update: password is refused after the second factor, on two different machines',
	'Delivery date of order 88-1203',
	'发票抬头需要修改',
	'',
];

const tickets = (elsewhere: string): ShownTicket[] =>
	Array.from({ length: 60 }, (_, index) => ({
		number: String(1400 + index),
		subject: subjects[index % subjects.length],
		status: ['Open', 'Closed', 'On Hold', 'Closed', 'Escalated', 'Closed'][index % 6],
		isOpen: index % 2 === 0,
		assignee: index % 5 === 4 ? null : ['Anna Smith', '陈伟', 'Ben Müller'][index % 3],
		createdAt: new Date(NOW - (index * 11 + 1) * 3_600_000).toISOString(),
		url: index === 7 ? null : `${elsewhere}?ticket=${index}`,
	}));

/** Each page as people see it, by name. */
export const shownPages: Record<string, (shown: Shown) => Page> = {
	chooseRecord: ({ language, elsewhere }) =>
		chooseRecordPage({
			language,
			number: ' 8675526601234',
			country: 'CN',
			records: [
				{
					name: '王芳',
					company: '深圳市远航贸易有限公司',
					module: 'Contacts',
					phone: '0755-26601234',
					owner: 'Anna Smith',
					url: `${elsewhere}?record=1`,
				},
				{
					name: 'Wang Fang',
					company:
						'Ocean Trading (Shenzhen) International Logistics and Warehousing Company Limited',
					module: 'Leads',
					phone: number,
					owner: 'ben@example.com',
					url: `${elsewhere}?record=2`,
				},
				{
					name: 'Ocean Trading',
					company: null,
					module: 'Accounts',
					phone: null,
					owner: null,
					url: null,
				},
			],
		}),
	newCaller: ({ language, query, elsewhere }) =>
		newCallerPage({
			reader: { language, timeZone: 'Asia/Shanghai', now: NOW },
			number: query.number ?? number,
			country: 'CN',
			displayName: 'OCEAN TRADING SZ',
			calls: [
				{
					callType: 'inboundMissed',
					startedAt: '2026-11-27T07:31:10Z',
					agent: 'Anna Smith',
					talkSeconds: 0,
				},
				{
					callType: 'outboundAnswered',
					startedAt: '2026-11-20T02:10:00Z',
					agent: '陈伟',
					talkSeconds: 314,
				},
			],
			actions: [
				{
					kind: 'lead',
					label: '',
					address: `${elsewhere}?new=lead`,
					sendAs: 'form',
					fields: ['name', 'company', 'email', 'note'],
				},
				{
					kind: 'ticket',
					label: '',
					address: `${elsewhere}?new=ticket`,
					sendAs: 'form',
					fields: ['name', 'subject', 'note'],
				},
				{
					kind: 'other',
					label: language === 'zh' ? '在 Zoho CRM 中新建' : 'New contact in Zoho CRM',
					address: `${elsewhere}?new=contact`,
					sendAs: 'link',
					fields: [],
				},
			],
		}),
	ringing: (shown) => dialing('ringing', shown),
	connected: (shown) => dialing('connected', shown),
	ended: (shown) => dialing('ended', shown),
	failed: (shown) => dialing('failed', shown),
	tickets: ({ language, query, elsewhere }) =>
		ticketsPage({
			reader: { language, timeZone: 'Asia/Shanghai', now: NOW },
			name: language === 'zh' ? '深圳市远航贸易有限公司' : 'Ocean Trading',
			tickets: tickets(elsewhere),
			page: Number(query.page ?? 1),
			pageSize: 12,
			query,
			newTicketAddress: `${elsewhere}?new=ticket`,
		}),
	noTickets: ({ language, query }) =>
		ticketsPage({
			reader: { language, timeZone: 'Asia/Shanghai', now: NOW },
			name: 'Ocean Trading',
			tickets: [],
			page: 1,
			pageSize: 12,
			query,
			newTicketAddress: '',
		}),
	message: ({ language }) => {
		const [message, advice] = wordsOf(language).refusals.expired;
		return messagePage({ language, message, advice, actions: [] });
	},
};
