import { deliveredEvents } from '../../../nodes/Zoho/desk/events/deliveredEvents';

const good = {
	payload: { id: '431000000000000001', subject: 'Printer' },
	eventTime: '1710313788286',
	eventType: 'Ticket_Update',
	orgId: '78412359',
};
const eventsIn = (body: unknown) =>
	deliveredEvents(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

it('each event of a delivery is read', () => {
	const second = { ...good, eventType: 'Ticket_Comment_Add', prevState: { id: '1' } };
	expect(eventsIn([good, second])).toMatchObject([
		{
			type: { name: 'ticketUpdated' },
			recordId: '431000000000000001',
			record: good.payload,
			previous: null,
			eventTimeMs: 1710313788286,
			orgId: '78412359',
		},
		{ type: { name: 'commentCreated' }, previous: { id: '1' } },
	]);
});

it.each<[what: string, body: unknown]>([
	['nothing', ''],
	['no JSON', '[{'],
	['an object', good],
	['null', null],
	['a list of odd things', [null, 1, 'text', [], {}]],
	['an unknown event', [{ ...good, eventType: 'IM_Message_Add' }]],
	['an event whose name is inherited', [{ ...good, eventType: 'constructor' }]],
	['no record', [{ ...good, payload: null }]],
	['a list as record', [{ ...good, payload: [1] }]],
	['a record without id', [{ ...good, payload: {} }]],
	['a record whose id is a way out', [{ ...good, payload: { id: '../agents' } }]],
	['no time', [{ ...good, eventTime: 'yesterday' }]],
	['deep nesting', '['.repeat(50_000) + ']'.repeat(50_000)],
])('%s in a delivery is passed over', (_what, body) => {
	expect(eventsIn(body)).toEqual([]);
});

it('keys that reach into prototypes are taken out of the record', () => {
	const body = JSON.stringify([good]).replace(
		'"subject"',
		'"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"subject"',
	);
	const [{ record }] = eventsIn(body);
	expect(Object.keys(record)).toEqual(['id', 'subject']);
	expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});
