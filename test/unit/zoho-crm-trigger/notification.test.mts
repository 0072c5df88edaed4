import { isFrom, readNotification } from '../../../nodes/Zoho/crm/events/notification';
import { createPendingChanges } from '../../../nodes/Zoho/crm/events/pendingChanges';

const sent = {
	server_time: 1772612345678,
	query_params: { key: 'secret' },
	module: 'Contacts',
	resource_uri: 'https://www.zohoapis.eu/crm/v2/Contacts',
	ids: ['554023000001234567'],
	operation: 'update',
	channel_id: '1772611200123',
	token: 's3cr3t',
	affected_fields: [{ '554023000001234567': ['Phone', 'Modified_Time'] }],
};
const read = (body: unknown) => readNotification(Buffer.from(JSON.stringify(body)));

describe('a notification', () => {
	it('is read as in zoho-crm.md, 5.2', () => {
		expect(read(sent)).toEqual({
			channelId: '1772611200123',
			token: 's3cr3t',
			module: 'Contacts',
			change: 'updated',
			recordIds: ['554023000001234567'],
			changedFields: { '554023000001234567': ['Phone', 'Modified_Time'] },
			serverTimeMs: 1772612345678,
		});
	});

	it.each([
		['no object', []],
		['an unknown operation', { ...sent, operation: 'merge' }],
		['no ids', { ...sent, ids: [] }],
		[
			'an id that lost its last digits as a number',
			{ ...sent, ids: [Number('554023000001234567')] },
		],
		['ids that are none', { ...sent, ids: ['../users'] }],
		['a module that is a path', { ...sent, module: '../settings' }],
	])('%s is none', (_what, body) => {
		expect(read(body)).toBeNull();
	});

	it('with __proto__ as a key changes nothing', () => {
		const text = JSON.stringify(sent).replace('{', '{"__proto__":{"polluted":true},');
		expect(readNotification(Buffer.from(text))?.module).toBe('Contacts');
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	});

	it('is from a channel only with its id and its token', () => {
		const notification = read(sent)!;
		const channel = { channelId: '1772611200123', token: 's3cr3t' };
		expect(isFrom(notification, channel)).toBe(true);
		expect(isFrom(notification, { ...channel, channelId: '1' })).toBe(false);
		expect(isFrom(notification, { ...channel, token: 'other' })).toBe(false);
		expect(isFrom(notification, { ...channel, token: undefined })).toBe(false);
	});
});

describe('what waits to be told', () => {
	const first = read(sent)!;
	it('is one change for each record, and a second after the first notification due', () => {
		const pending = createPendingChanges();
		expect(pending.dueAt()).toBe(Infinity);
		pending.add(first, 1_000);
		pending.add({ ...first, changedFields: { '554023000001234567': ['Mobile'] } }, 1_900);
		expect(pending.dueAt()).toBe(2_000);
		expect([...pending.take().values()].flat()).toMatchObject([
			{ changedFields: ['Phone', 'Modified_Time', 'Mobile'], isDeleted: false },
		]);
		expect(pending.take().size).toBe(0);
	});

	it.each([
		['created', 'updated'],
		['updated', 'created'],
	] as const)('%s and %s is created', (one, other) => {
		const pending = createPendingChanges();
		pending.add({ ...first, change: one }, 0);
		pending.add({ ...first, change: other }, 0);
		expect([...pending.take().values()].flat()).toMatchObject([{ isCreated: true }]);
	});

	it('is deleted, whatever else comes in whatever order', () => {
		const pending = createPendingChanges();
		pending.add({ ...first, change: 'deleted' }, 0);
		pending.add(first, 0);
		expect([...pending.take().values()].flat()).toMatchObject([{ isDeleted: true }]);
	});
});
