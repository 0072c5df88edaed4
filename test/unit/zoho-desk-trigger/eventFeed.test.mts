import type { IDataObject } from 'n8n-workflow';
import type { DeliveredEvent } from '../../../nodes/Zoho/desk/events/deliveredEvents';
import { createEventFeed } from '../../../nodes/Zoho/desk/events/eventFeed';
import { eventTypeNamed, type DeskEventName } from '../../../nodes/Zoho/desk/events/eventTypes';
import type { ToldEvent } from '../../../nodes/Zoho/desk/events/triggerItem';
import type { TriggerMemory } from '../../../nodes/Zoho/desk/events/triggerMemory';
import type {
	DeskTriggerSettings,
	EventWish,
} from '../../../nodes/Zoho/desk/events/triggerSettings';
import { settingsWith } from './aWish.mts';

const START = Date.UTC(2026, 3, 1, 8);
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();
const NOBODY = { creation: false, lastChange: false };

function ticket(changes: IDataObject = {}): IDataObject {
	return {
		id: '431000000000000001',
		subject: 'Printer',
		status: 'Open',
		departmentId: '1',
		createdTime: at(-86_400),
		modifiedTime: at(10),
		createdBy: '7',
		modifiedBy: '7',
		...changes,
	};
}

function event(
	name: DeskEventName,
	record: IDataObject,
	changes: Partial<DeliveredEvent> = {},
): DeliveredEvent {
	return {
		type: eventTypeNamed(name),
		recordId: String(record.id),
		record,
		previous: null,
		eventTimeMs: START + 10_400,
		orgId: '78412359',
		...changes,
	};
}

function feedWith(
	wish: Partial<EventWish> = {},
	settings: Partial<DeskTriggerSettings> = {},
	memory: Partial<TriggerMemory> = {},
) {
	const told: ToldEvent[] = [];
	const keys: string[] = [];
	const clock = { time: START, now: () => clock.time };
	const feed = createEventFeed(settingsWith(wish, settings), memory, {
		orgId: '78412359',
		agentId: settings.ignore === 'agent' ? '7' : null,
		clock,
		departmentOfTicket: async (id) =>
			id === 'lost' ? await Promise.reject(new Error('down')) : await Promise.resolve(`of ${id}`),
		emit: (each, key) => {
			told.push(each);
			keys.push(key);
		},
	});
	clock.time = START + 60_000;
	const names = () => told.map(({ type, receivedBy }) => `${type.name} by ${receivedBy}`);
	return { feed, told, keys, names, clock };
}

describe('events by webhook', () => {
	it('are told once, however often they come', async () => {
		const { feed, names, keys } = feedWith();
		const changed = event('ticketUpdated', ticket());
		await Promise.all(
			[changed, changed, changed].map(async (each) => await feed.take(each, false)),
		);
		expect(names()).toEqual(['ticketUpdated by webhook']);
		expect(keys).toEqual(['Ticket_Update:431000000000000001:1775030410400']);
	});

	it('are told twice when two changes happen in one second', async () => {
		const { feed, names } = feedWith();
		await feed.take(event('ticketUpdated', ticket()), false);
		await feed.take(event('ticketUpdated', ticket(), { eventTimeMs: START + 10_900 }), false);
		expect(names()).toHaveLength(2);
	});

	it('are told in whatever order they come', async () => {
		const { feed, names } = feedWith();
		await feed.take(event('ticketUpdated', ticket({ modifiedTime: at(20) })), false);
		await feed.take(event('ticketCreated', ticket({ modifiedTime: at(5) })), false);
		expect(names()).toEqual(['ticketUpdated by webhook', 'ticketCreated by webhook']);
	});

	it('of yesterday are passed over', async () => {
		const { feed, names } = feedWith();
		const old = event('ticketUpdated', ticket(), { eventTimeMs: START - 25 * 3_600_000 });
		await feed.take(old, false);
		expect(names()).toEqual([]);
	});

	it.each<[what: string, wish: Partial<EventWish>, happened: DeliveredEvent, isTold: boolean]>([
		['another event', { events: ['ticketCreated'] }, event('ticketUpdated', ticket()), false],
		['the department', { departmentIds: ['1'] }, event('ticketUpdated', ticket()), true],
		['another department', { departmentIds: ['2'] }, event('ticketUpdated', ticket()), false],
		[
			'a deleted ticket, whose department Desk does not tell',
			{ events: ['ticketDeleted'], departmentIds: ['2'] },
			event('ticketDeleted', { id: '1' }),
			true,
		],
		[
			'a comment of the department',
			{ events: ['commentCreated'], departmentIds: ['of 5'] },
			event('commentCreated', { id: '2', ticketId: '5' }),
			true,
		],
		[
			'a comment of another department',
			{ events: ['commentCreated'], departmentIds: ['2'] },
			event('commentCreated', { id: '2', ticketId: '5' }),
			false,
		],
		[
			'a comment whose ticket cannot be read',
			{ events: ['commentCreated'], departmentIds: ['2'] },
			event('commentCreated', { id: '2', ticketId: 'lost' }),
			true,
		],
		[
			'a message in the direction',
			{ events: ['threadCreated'], threadDirection: 'in' },
			event('threadCreated', { id: '3', direction: 'in' }),
			true,
		],
		[
			'a message in the other direction',
			{ events: ['threadCreated'], threadDirection: 'in' },
			event('threadCreated', { id: '3', direction: 'out' }),
			false,
		],
		[
			'a change of the field',
			{ ticketFields: ['priority', 'status'] },
			event('ticketUpdated', ticket(), { previous: ticket({ status: 'Closed' }) }),
			true,
		],
		[
			'a change of another field',
			{ ticketFields: ['priority'] },
			event('ticketUpdated', ticket(), { previous: ticket({ status: 'Closed' }) }),
			false,
		],
		[
			'a change of a custom field',
			{ ticketFields: ['cf_class'] },
			event('ticketUpdated', ticket({ cf: { cf_class: 'b' } }), {
				previous: ticket({ cf: { cf_class: 'a' } }),
			}),
			true,
		],
		[
			'null in place of nothing, which is no change',
			{ ticketFields: ['priority'] },
			event('ticketUpdated', ticket({ priority: null }), { previous: ticket() }),
			false,
		],
		[
			'a change of which nobody knows the fields',
			{ ticketFields: ['priority'] },
			event('ticketUpdated', ticket()),
			true,
		],
	])('%s', async (_what, wish, happened, isTold) => {
		const { feed, told } = feedWith(wish);
		await feed.take(happened, false);
		expect(told).toHaveLength(isTold ? 1 : 0);
	});

	it('bring the state before only where it is wanted', async () => {
		const changed = event('ticketUpdated', ticket(), { previous: ticket({ status: 'Closed' }) });
		const without = feedWith();
		await without.feed.take(changed, false);
		expect(without.told[0].previous).toBeNull();
		const wanted = feedWith({ includePrevious: true });
		await wanted.feed.take(changed, false);
		expect(wanted.told[0].previous).toMatchObject({ status: 'Closed' });
	});
});

describe('ignored changes', () => {
	it.each<[DeskTriggerSettings['ignore'], isOwn: boolean, agent: string, isTold: boolean]>([
		['ownWrites', true, '7', false],
		['ownWrites', false, '7', true],
		['agent', true, '8', false],
		['agent', false, '7', false],
		['agent', false, '8', true],
		['none', true, '7', true],
	])('%s: own %s, by agent %s: told %s', async (ignore, isOwn, agent, isTold) => {
		const { feed, told } = feedWith({}, { ignore });
		const answer = await feed.take(event('ticketUpdated', ticket({ modifiedBy: agent })), isOwn);
		expect(told).toHaveLength(isTold ? 1 : 0);
		expect(answer).toEqual({ isIgnored: !isTold });
		const found = feedWith({}, { ignore });
		found.feed.takeFound('ticket', ticket({ modifiedBy: agent }), {
			creation: false,
			lastChange: isOwn,
		});
		expect(found.told).toHaveLength(isTold ? 1 : 0);
	});

	it('are not told by a search either, and are known for the next process', async () => {
		const { feed, names } = feedWith();
		await feed.take(event('ticketUpdated', ticket()), true);
		feed.takeFound('ticket', ticket(), NOBODY);
		expect(names()).toEqual([]);
		expect(feed.ignoredStates()).toHaveLength(1);
		const { feed: next, names: later } = feedWith({}, {}, feed.remembered());
		next.takeFound('ticket', ticket(), NOBODY);
		expect(later()).toEqual([]);
	});

	it('of a ticket that a person has created: the creation is told', () => {
		const { feed, names } = feedWith();
		feed.takeFound('ticket', ticket({ createdTime: at(5), modifiedTime: at(20) }), {
			creation: false,
			lastChange: true,
		});
		expect(names()).toEqual(['ticketCreated by search']);
	});
});

describe('changes that a search finds', () => {
	it('are told once', () => {
		const { feed, names, told } = feedWith();
		feed.takeFound('ticket', ticket(), NOBODY);
		feed.takeFound('ticket', ticket(), NOBODY);
		expect(names()).toEqual(['ticketUpdated by search']);
		expect(new Date(told[0].eventTimeMs).toISOString()).toBe(at(10));
	});

	it('are created or updated', () => {
		const { feed, names } = feedWith();
		feed.takeFound('ticket', ticket({ id: '1', createdTime: at(10) }), NOBODY);
		feed.takeFound('ticket', ticket({ id: '2', createdTime: at(5) }), NOBODY);
		feed.takeFound('ticket', ticket({ id: '3' }), NOBODY);
		feed.takeFound(
			'ticket',
			ticket({ id: '1', createdTime: at(10), modifiedTime: at(30) }),
			NOBODY,
		);
		expect(names()).toEqual([
			'ticketCreated by search',
			'ticketCreated by search',
			'ticketUpdated by search',
			'ticketUpdated by search',
		]);
	});

	it('that were created are no updates for who wants updates only', () => {
		const { feed, names } = feedWith({ events: ['ticketUpdated'] });
		feed.takeFound('ticket', ticket({ id: '1', createdTime: at(10) }), NOBODY);
		expect(names()).toEqual([]);
		feed.takeFound('ticket', ticket({ id: '2', createdTime: at(5) }), NOBODY);
		expect(names()).toEqual(['ticketUpdated by search']);
	});

	it('are told again when a second one happens in the same second', () => {
		const { feed, names, keys } = feedWith();
		feed.takeFound('ticket', ticket(), NOBODY);
		feed.takeFound('ticket', ticket({ status: 'Closed' }), NOBODY);
		expect(names()).toHaveLength(2);
		expect(new Set(keys).size).toBe(2);
	});

	it('are not told when a webhook has told them, and the other way round', async () => {
		const { feed, names } = feedWith();
		await feed.take(event('ticketUpdated', ticket({ id: '1' })), false);
		feed.takeFound('ticket', ticket({ id: '1' }), NOBODY);
		feed.takeFound('ticket', ticket({ id: '2' }), NOBODY);
		await feed.take(event('ticketUpdated', ticket({ id: '2' })), false);
		feed.takeFound('ticket', ticket({ id: '3', createdTime: at(10) }), NOBODY);
		await feed.take(event('ticketCreated', ticket({ id: '3', createdTime: at(10) })), false);
		expect(names()).toEqual([
			'ticketUpdated by webhook',
			'ticketUpdated by search',
			'ticketCreated by search',
		]);
	});

	it('are not told of a change that a webhook told and the filter kept back', async () => {
		const { feed, names } = feedWith({ ticketFields: ['priority'] });
		const previous = ticket({ status: 'Closed' });
		await feed.take(event('ticketUpdated', ticket(), { previous }), false);
		feed.takeFound('ticket', ticket(), NOBODY);
		expect(names()).toEqual([]);
	});

	it('of an index that lags behind the last event are passed over', async () => {
		const { feed, names } = feedWith();
		await feed.take(event('ticketUpdated', ticket({ modifiedTime: at(30) })), false);
		feed.takeFound('ticket', ticket({ modifiedTime: at(20) }), NOBODY);
		expect(names()).toEqual(['ticketUpdated by webhook']);
	});

	it.each([
		['before the publication', {}, at(-1), false],
		['in the second of the publication', {}, at(0), true],
		['while n8n was down', { since: at(-90_000) }, at(-3_600), true],
		['longer ago than is to be made up for', { since: at(-200_000) }, at(-90_000), false],
		[
			'before what was searched already',
			{ since: at(-90_000), searchedUntil: { ticket: at(-60) } },
			at(-3_600),
			false,
		],
	])('%s', (_what, memory, modifiedTime, isTold) => {
		const { feed, told } = feedWith({}, {}, memory);
		feed.takeFound('ticket', ticket({ createdTime: at(-900_000), modifiedTime }), NOBODY);
		expect(told).toHaveLength(isTold ? 1 : 0);
	});

	it('of another department or kind are not told', () => {
		const { feed, told } = feedWith({ departmentIds: ['2'] });
		feed.takeFound('ticket', ticket(), NOBODY);
		feed.takeFound('contact', { id: '9', modifiedTime: at(10), createdTime: at(10) }, NOBODY);
		expect(told).toEqual([]);
	});

	it('that are old are no creations years later', () => {
		const { feed, names, clock } = feedWith();
		feed.noteSearched('ticket', START + 40 * 86_400_000);
		clock.time += 40 * 86_400_000;
		const late = at(40 * 86_400);
		feed.takeFound('ticket', ticket({ createdTime: at(5), modifiedTime: late }), NOBODY);
		expect(names()).toEqual(['ticketUpdated by search']);
	});
});

it('what is remembered keeps a restart from telling anything twice', async () => {
	const before = feedWith();
	await before.feed.take(event('ticketUpdated', ticket({ id: '1' })), false);
	before.feed.takeFound('ticket', ticket({ id: '2' }), NOBODY);
	before.feed.noteSearched('ticket', START + 60_000);
	const memory = JSON.parse(JSON.stringify(before.feed.remembered())) as TriggerMemory;
	const after = feedWith({}, {}, memory);
	await after.feed.take(event('ticketUpdated', ticket({ id: '1' })), false);
	after.feed.takeFound('ticket', ticket({ id: '1' }), NOBODY);
	after.feed.takeFound('ticket', ticket({ id: '2' }), NOBODY);
	expect(after.names()).toEqual([]);
	expect(after.feed.searchFrom('ticket')).toBe(START);
	expect(after.feed.searchFrom('contact')).toBeNull();
});

it('memory stays within bounds', async () => {
	const { feed } = feedWith();
	for (let n = 0; n < 12_000; n++) {
		await feed.take(event('ticketUpdated', ticket({ id: String(n) })), false);
	}
	const { told } = feed.remembered();
	expect(Object.keys(told!.events)).toHaveLength(500);
	expect(Object.keys(told!.records)).toHaveLength(1_000);
	expect(told!.records).toHaveProperty('ticket 11999');
	feed.noteSearched('ticket', START + 3_600_000);
	expect(feed.remembered().told!.records).toEqual({});
});
