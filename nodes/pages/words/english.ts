import type { CallType } from '../../call/Call';
import type { ActionKind } from '../PageAction';
import type { LinkRefusal } from '../../links/checkLink';

const count = (number: number, one: string, many: string) =>
	`${number} ${number === 1 ? one : many}`;

export const english = {
	dateTime: 'd LLL yyyy, HH:mm',
	colon: ': ',
	noName: 'Without a name',
	anonymous: 'Number withheld',
	justNow: 'just now',
	minutesAgo: (number: number) => `${count(number, 'minute', 'minutes')} ago`,
	hoursAgo: (number: number) => `${count(number, 'hour', 'hours')} ago`,
	daysAgo: (number: number) => `${count(number, 'day', 'days')} ago`,
	monthsAgo: (number: number) => `${count(number, 'month', 'months')} ago`,
	yearsAgo: (number: number) => `${count(number, 'year', 'years')} ago`,
	duration: (minutes: number, seconds: number) =>
		minutes > 0 ? `${minutes} min ${seconds} s` : `${seconds} s`,
	choose: {
		title: 'Who is calling?',
		explanation: (number: number) =>
			`${count(number, 'record has', 'records have')} this number. Choose one to open it.`,
		owner: 'Owner',
	},
	modules: {
		Accounts: 'Account',
		Contacts: 'Contact',
		Leads: 'Lead',
		accounts: 'Account',
		contacts: 'Contact',
	} as Readonly<Record<string, string>>,
	newCaller: {
		title: 'Unknown caller',
		explanation: 'No record has this number yet.',
		withheld: 'The caller withholds the number, so nobody can be looked up.',
		shownAs: 'Shown by the network as',
		lastCalls: 'Last calls',
		noCalls: 'No earlier calls with this number.',
		actions: 'What to do',
		number: 'Phone',
		fields: {
			company: 'Company',
			email: 'Email',
			name: 'Name',
			note: 'Note',
			subject: 'Subject',
		},
		submit: 'Create',
	},
	actions: {
		contact: 'Create a contact',
		lead: 'Create a lead',
		other: 'Open',
		ticket: 'Create a ticket',
	} satisfies Record<ActionKind, string>,
	callTypes: {
		inboundAnswered: 'Incoming, answered',
		inboundMissed: 'Incoming, missed',
		outboundAnswered: 'Outgoing, answered',
		outboundUnanswered: 'Outgoing, not answered',
	} satisfies Record<CallType, string>,
	call: 'Call',
	dialing: {
		states: {
			ready: 'Ready to call',
			ringing: 'Ringing',
			connected: 'Connected',
			ended: 'Call ended',
			failed: 'The call did not go through',
		},
		explanations: {
			ready: 'Your phone rings first. When you pick up, the number is dialled.',
			ringing: 'Pick up your phone. The number is dialled as soon as you do.',
			connected: 'You are talking.',
			ended: 'You can close this page.',
			failed: 'Nothing was dialled, or the call could not be connected.',
		},
		yourPhone: 'Your extension',
		call: 'Call',
		callAgain: 'Call again',
		calling: 'Calling…',
		reason: 'What the PBX says',
	},
	tickets: {
		title: 'Tickets',
		titleOf: (name: string) => `Tickets of ${name}`,
		none: 'There are no tickets.',
		count: (open: number, all: number) => `${open} open, ${count(all, 'ticket', 'tickets')} in all`,
		columns: { ticket: 'Ticket', status: 'Status', assignee: 'Assignee', age: 'Opened' },
		open: 'open',
		closed: 'closed',
		noAssignee: 'Nobody',
		noSubject: 'Without a subject',
		create: 'New ticket',
		newTab: 'opens in a new tab',
		pages: 'Pages',
		page: (page: number, pages: number) => `Page ${page} of ${pages}`,
		previous: 'Previous',
		next: 'Next',
	},
	refusals: {
		expired: [
			'This link is no longer good',
			'Its time is over. Open the page again where you got the link.',
		],
		malformed: [
			'This link is not complete',
			'Part of it is missing or changed. Open it again where you got it, instead of copying it.',
		],
		otherPurpose: ['This link is for something else', 'Open the one that was made for this.'],
		unsigned: [
			'This link is not signed',
			'Use the button or link that your administrator has set up.',
		],
		wrongSignature: [
			'This link is not genuine',
			'It was changed, or its key was replaced. Ask your administrator for a new one.',
		],
	} as Record<LinkRefusal, [reason: string, advice: string]>,
	claims: {
		again: ['This is under way already', 'It was asked for a moment ago and is done once only.'],
		tooMany: ['Too many in a short time', 'Wait a minute, then try again.'],
	} as Record<'again' | 'tooMany', [reason: string, advice: string]>,
};

export type Words = typeof english;
