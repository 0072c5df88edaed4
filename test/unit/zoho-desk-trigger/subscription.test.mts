import type { DeskEventName } from '../../../nodes/Zoho/desk/events/eventTypes';
import {
	isSameSubscription,
	subscriptionFor,
	widened,
} from '../../../nodes/Zoho/desk/events/subscription';
import type { EventWish } from '../../../nodes/Zoho/desk/events/triggerSettings';
import { aWish } from './aWish.mts';

const wishing = (events: DeskEventName[], changes: Partial<EventWish> = {}) =>
	aWish({ events, ...changes });

describe('one subscription for all triggers', () => {
	it.each<[what: string, wishes: EventWish[], expected: object]>([
		['one event', [wishing(['ticketCreated'])], { Ticket_Add: null }],
		[
			'the events of all',
			[wishing(['ticketCreated', 'contactDeleted']), wishing(['commentCreated'])],
			{ Ticket_Add: null, Contact_Delete: null, Ticket_Comment_Add: null },
		],
		[
			'the departments of all',
			[
				wishing(['ticketCreated'], { departmentIds: ['2', '1'] }),
				wishing(['ticketCreated'], { departmentIds: ['3', '1'] }),
			],
			{ Ticket_Add: { departmentIds: ['1', '2', '3'] } },
		],
		[
			'all departments if one trigger wants all',
			[wishing(['ticketCreated'], { departmentIds: ['1'] }), wishing(['ticketCreated'])],
			{ Ticket_Add: null },
		],
		[
			'no departments where Desk takes none',
			[wishing(['ticketDeleted', 'contactUpdated'], { departmentIds: ['1'] })],
			{ Ticket_Delete: null, Contact_Update: null },
		],
		[
			'one direction',
			[wishing(['threadCreated'], { threadDirection: 'in' })],
			{ Ticket_Thread_Add: { direction: 'in' } },
		],
		[
			'both directions',
			[
				wishing(['threadCreated'], { threadDirection: 'in' }),
				wishing(['threadCreated'], { threadDirection: 'out' }),
			],
			{ Ticket_Thread_Add: null },
		],
		[
			'the state before where one trigger wants it',
			[
				wishing(['ticketUpdated', 'contactCreated'], { includePrevious: true }),
				wishing(['ticketUpdated']),
			],
			{ Ticket_Update: { includePrevState: true }, Contact_Add: null },
		],
		[
			'the state before where fields are watched',
			[wishing(['ticketUpdated', 'contactUpdated'], { ticketFields: ['status'] })],
			{ Ticket_Update: { includePrevState: true }, Contact_Update: null },
		],
	])('%s', (_what, wishes, expected) => {
		expect(subscriptionFor(wishes)).toEqual(expected);
	});

	it('is the same in whatever order the triggers come', () => {
		const wishes = [
			wishing(['ticketUpdated'], { departmentIds: ['1'] }),
			wishing(['ticketCreated', 'ticketUpdated'], { departmentIds: ['2'] }),
		];
		expect(JSON.stringify(subscriptionFor(wishes))).toBe(
			JSON.stringify(subscriptionFor(wishes.toReversed())),
		);
	});
});

it.each([
	[{ A: null }, { A: {} }, true],
	[{ A: { departmentIds: ['1', '2'] } }, { A: { departmentIds: ['2', '1'] } }, true],
	[{ A: { includePrevState: false } }, { A: null }, true],
	[{ A: null }, { B: null }, false],
	[{ A: { departmentIds: ['1'] } }, { A: null }, false],
	[{ A: null, B: null }, { A: null }, false],
])('%j and %j: same %s', (one, other, isSame) => {
	expect(isSameSubscription(one, other)).toBe(isSame);
});

it.each([
	[{ A: null }, { B: null }, { A: null, B: null }],
	[{ A: { departmentIds: ['1'] } }, { A: null }, { A: null }],
	[
		{ A: { departmentIds: ['1'] } },
		{ A: { departmentIds: ['2'] } },
		{ A: { departmentIds: ['1', '2'] } },
	],
	[{ A: { direction: 'in' as const } }, { A: { direction: 'out' as const } }, { A: null }],
	[{ A: { includePrevState: true } }, { A: null }, { A: { includePrevState: true } }],
])('%j widened by %j', (one, other, expected) => {
	expect(widened(one, other)).toEqual(expected);
});
