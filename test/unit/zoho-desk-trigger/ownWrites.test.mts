import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../nodes/transport/ServiceError';
import { deskWriteOf } from '../../../nodes/Zoho/transport/deskWrites';
import { createOwnWrites, type DeskHappening } from '../../../nodes/Zoho/transport/ownWrites';
import { deferred } from '../transport/deferred.mts';
import { fakeClock } from '../transport/fakeClock.mts';

const PORTAL = 'https://desk.zoho.eu 78412359';
const ID = '431000000000000001';
const TIME = new Date(fakeClock().now()).toISOString();

const ticket = (changes: IDataObject = {}): IDataObject => ({
	id: ID,
	subject: 'Printer',
	status: 'Closed',
	modifiedTime: TIME,
	...changes,
});

function happening(record: IDataObject, changes: Partial<DeskHappening> = {}): DeskHappening {
	return {
		portal: PORTAL,
		kind: 'ticket',
		action: 'updated',
		recordId: String(record.id),
		record,
		eventKey: 'Ticket_Update 1',
		...changes,
	};
}

const update = { kind: 'ticket', action: 'updated', ids: [ID] } as const;
const creation = { kind: 'ticket', action: 'created', ids: [] as string[] } as const;

async function written(
	answer: IDataObject = ticket(),
	write: Parameters<ReturnType<typeof createOwnWrites>['track']>[1] = { ...update, ids: [ID] },
) {
	const register = createOwnWrites(fakeClock());
	await register.track(PORTAL, write, {}, async () => await Promise.resolve({ body: answer }));
	return register;
}

describe('an event of an own write', () => {
	it('is known, also its copies', async () => {
		const register = await written();
		expect(await register.causedBy(happening(ticket()))).toBe(true);
		expect(await register.causedBy(happening(ticket()))).toBe(true);
	});

	it('is known when it comes before the answer to the write', async () => {
		const register = createOwnWrites(fakeClock());
		const answer = deferred<{ body: IDataObject }>();
		const tracked = register.track(PORTAL, { ...update, ids: [ID] }, {}, () => answer.promise);
		const caused = register.causedBy(happening(ticket()));
		answer.resolve({ body: ticket() });
		await tracked;
		expect(await caused).toBe(true);
	});

	it('is known when it is a creation that comes before the answer with its id', async () => {
		const register = createOwnWrites(fakeClock());
		const answer = deferred<{ body: IDataObject }>();
		const tracked = register.track(PORTAL, { ...creation, ids: [] }, {}, () => answer.promise);
		const caused = register.causedBy(happening(ticket(), { action: 'created' }));
		const other = register.causedBy(happening(ticket({ id: '9' }), { action: 'created' }));
		answer.resolve({ body: ticket() });
		await tracked;
		expect(await caused).toBe(true);
		expect(await other).toBe(false);
	});

	it.each<[what: string, event: DeskHappening]>([
		['another record', happening(ticket({ id: '9' }))],
		['another second', happening(ticket({ modifiedTime: '2026-03-02T00:00:09.000Z' }))],
		['another content in the same second', happening(ticket({ status: 'Open' }))],
		['another organisation', happening(ticket(), { portal: 'elsewhere' })],
		['another action', happening(ticket(), { action: 'deleted' })],
		['another kind', happening(ticket(), { kind: 'contact' })],
	])('is no event of %s', async (_what, event) => {
		expect(await (await written()).causedBy(event)).toBe(false);
	});

	it('is one: a second event of the same second is of somebody else', async () => {
		const register = await written();
		expect(await register.causedBy(happening(ticket()))).toBe(true);
		expect(await register.causedBy(happening(ticket(), { eventKey: 'Ticket_Update 2' }))).toBe(
			false,
		);
	});

	it('is known when the answer was lost, by what was sent', async () => {
		const register = createOwnWrites(fakeClock());
		const lost = new ServiceError({
			service: 'Zoho Desk',
			kind: 'interrupted',
			message: 'lost',
			advice: 'look',
		});
		const fail = async () => await Promise.reject(lost);
		await expect(
			register.track(PORTAL, { ...update, ids: [ID] }, { status: 'Closed' }, fail),
		).rejects.toBe(lost);
		await expect(
			register.track(PORTAL, { ...creation, ids: [] }, { subject: 'New' }, fail),
		).rejects.toBe(lost);
		expect(await register.causedBy(happening(ticket({ status: 'Open' })))).toBe(false);
		expect(await register.causedBy(happening(ticket()))).toBe(true);
		const made = happening(ticket({ id: '9', subject: 'New' }), { action: 'created' });
		expect(await register.causedBy(made)).toBe(true);
	});

	it('is not known of a write that was refused', async () => {
		const register = createOwnWrites(fakeClock());
		const refused = new ServiceError({
			service: 'Zoho Desk',
			kind: 'refused',
			message: 'no',
			advice: 'no',
		});
		await register
			.track(PORTAL, { ...update, ids: [ID] }, { status: 'Closed' }, async () => {
				return await Promise.reject(refused);
			})
			.catch(() => undefined);
		expect(await register.causedBy(happening(ticket()))).toBe(false);
	});

	it('of records that were thrown away is known by id', async () => {
		const register = createOwnWrites(fakeClock());
		const write = deskWriteOf({
			method: 'POST',
			path: '/tickets/moveToTrash',
			body: { ticketIds: [ID, '2'] },
		})!;
		await register.track(PORTAL, write, {}, async () => await Promise.resolve({}));
		const gone = (id: string) => happening({ id }, { action: 'deleted' });
		expect(await register.causedBy(gone('2'))).toBe(true);
		expect(await register.causedBy(gone('3'))).toBe(false);
	});
});

describe('a record that a search finds', () => {
	it('is in the state of an own write, whether its event has come or not', async () => {
		const register = await written();
		await register.causedBy(happening(ticket()));
		expect(await register.causedState(happening(ticket()))).toEqual({
			creation: false,
			lastChange: true,
		});
	});

	it('was created by an own write and changed by somebody else', async () => {
		const register = await written(ticket(), { ...creation, ids: [] });
		const later = ticket({ modifiedTime: '2026-03-02T00:00:09.000Z' });
		expect(await register.causedState(happening(later))).toEqual({
			creation: true,
			lastChange: false,
		});
	});
});

it.each([
	['POST', '/tickets', 'ticket created '],
	['PATCH', '/tickets/7', 'ticket updated 7'],
	['POST', '/tickets/7/comments', 'comment created '],
	['PATCH', '/tickets/7/comments/8', 'comment updated 8'],
	['POST', '/tickets/7/sendReply', 'thread created '],
	['POST', '/tickets/7/attachments', 'attachment created '],
	['DELETE', '/tickets/7/attachments/8', 'attachment deleted 8'],
	['POST', '/contacts', 'contact created '],
	['PATCH', '/accounts/7', 'account updated 7'],
	['POST', '/calls', 'call created '],
	['GET', '/tickets/7', null],
	['POST', '/webhooks', null],
	['POST', '/contacts/7/comments', null],
] as const)('%s %s: %s', (method, path, expected) => {
	const write = deskWriteOf({ method, path });
	expect(write && `${write.kind} ${write.action} ${write.ids.join()}`).toBe(expected);
});

it('memory stays within bounds', async () => {
	const register = createOwnWrites(fakeClock());
	for (let n = 0; n < 21_000; n++) {
		const body = ticket({ id: String(n) });
		await register.track(
			PORTAL,
			{ kind: 'ticket', action: 'updated', ids: [String(n)] },
			{},
			async () => await Promise.resolve({ body }),
		);
	}
	expect(await register.causedBy(happening(ticket({ id: '1' })))).toBe(false);
	expect(await register.causedBy(happening(ticket({ id: '20999' })))).toBe(true);
});
