import { chooseRecordPage } from '../../../nodes/pages/chooseRecordPage';
import { dialingPage, type DialingState } from '../../../nodes/pages/dialingPage';
import type { Language } from '../../../nodes/pages/language';
import { messagePage } from '../../../nodes/pages/messagePage';
import { newCallerPage } from '../../../nodes/pages/newCallerPage';
import type { Page } from '../../../nodes/pages/page';
import { ticketsPage } from '../../../nodes/pages/ticketsPage';

export const NOW = Date.parse('2026-11-27T08:00:00Z');

/** What strangers and customers decide about a page: each text of it can be anything. */
export interface Texts {
	/** In place of names, subjects, labels and reasons. */
	text: string;
	/** In place of telephone numbers. */
	number: string;
	/** In place of addresses. */
	address: string;
}

export const harmless: Texts = {
	text: 'Anna',
	number: '+8675526601234',
	address: 'https://crm.zoho.eu/crm/org1/tab/Contacts/5',
};

const dialing = (state: DialingState) => (texts: Texts, language: Language) =>
	dialingPage({
		language,
		state,
		number: texts.number,
		country: 'CN',
		name: texts.text,
		extension: texts.text,
		reason: texts.text,
		query: { purpose: 'clickToCall', number: texts.number, user: texts.text },
		callId: texts.text,
		refreshSeconds: 2,
		once: texts.text,
	});

/** Every page, with all its parts, by name. */
export const pages: Record<string, (texts: Texts, language: Language) => Page> = {
	chooseRecord: ({ text, number, address }, language) =>
		chooseRecordPage({
			language,
			number,
			country: 'CN',
			records: [
				{ name: text, company: text, module: text, phone: number, owner: text, url: address },
				{ name: text, company: null, module: null, phone: null, owner: null, url: null },
			],
		}),
	newCaller: ({ text, number, address }, language) =>
		newCallerPage({
			reader: { language, timeZone: 'Asia/Shanghai', now: NOW },
			number,
			country: 'CN',
			displayName: text,
			calls: [
				{ callType: 'inboundMissed', startedAt: text, agent: text, talkSeconds: 0 },
				{ callType: null, startedAt: '2026-11-26T08:00:00Z', agent: text, talkSeconds: 75 },
			],
			actions: [
				{ kind: 'lead', label: text, address, sendAs: 'form', fields: ['name', 'note'] },
				{ kind: 'other', label: text, address, sendAs: 'link', fields: [] },
			],
		}),
	ready: dialing('ready'),
	ringing: dialing('ringing'),
	failed: dialing('failed'),
	tickets: ({ text, address }, language) =>
		ticketsPage({
			reader: { language, timeZone: 'Asia/Shanghai', now: NOW },
			name: text,
			tickets: [true, false].map((isOpen) => ({
				number: text,
				subject: text,
				status: text,
				isOpen,
				assignee: text,
				createdAt: '2026-11-26T08:00:00Z',
				url: address,
			})),
			page: 1,
			pageSize: 1,
			query: { user: text },
			newTicketAddress: address,
		}),
	message: ({ text, address }, language) =>
		messagePage({
			language,
			message: text,
			advice: text,
			actions: [{ kind: 'other', label: text, address, sendAs: 'link', fields: [] }],
		}),
};
