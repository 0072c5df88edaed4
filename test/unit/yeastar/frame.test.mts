import { parseFrame } from '../../../nodes/Yeastar/events/frame';
import {
	observationOfRecordRow,
	observationsInEvent,
} from '../../../nodes/Yeastar/events/observations';
import { createPbxTime } from '../../../nodes/Yeastar/pbxTime';

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const nestedObjects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const framed = (msg: unknown, type: unknown = 30011) => JSON.stringify({ type, sn: 'S1', msg });

describe('parseFrame', () => {
	it.each<[string, string]>([
		['msg as text', framed(JSON.stringify({ call_id: '1.1' }))],
		['msg as an object', framed({ call_id: '1.1' })],
	])('reads %s', (_what, text) => {
		expect(parseFrame(text)).toEqual({
			type: 30011,
			pbxSerial: 'S1',
			message: { call_id: '1.1' },
		});
	});

	it('does not mind brackets in texts, and as many levels as any event has', () => {
		const message = { call_id: `\\"${'['.repeat(5_000)}`, members: [{ inbound: { from: '{{{' } }] };
		expect(parseFrame(framed(JSON.stringify(message)))?.message).toEqual(message);
		expect(parseFrame(`{"type":30029,"msg":{"a":${nested(20)}}}`)?.type).toBe(30029);
	});

	it.each<[string, string]>([
		['nothing', ''],
		['no JSON', 'hello'],
		['half a frame', framed('{}').slice(0, -5)],
		['a number', '30011'],
		['null', 'null'],
		['a list', '[{"type":30011,"msg":"{}"}]'],
		['an answer to a subscription', '{"errcode":0,"errmsg":"SUCCESS"}'],
		['a type that is a text', framed('{}', '30011')],
		['a type that is a fraction', framed('{}', 30_011.5)],
		['a type that is a list', framed('{}', [30_011])],
		['a serial number that is none', '{"type":30011,"sn":7,"msg":"{}"}'],
		['msg that is no JSON', framed('no JSON')],
		['msg that is a list', framed([])],
		['msg that is a text of a list', framed('[]')],
		['msg that is a number', framed(7)],
		['msg that is null', framed(null)],
		['msg that is missing', '{"type":30011}'],
		['five megabytes', framed('x'.repeat(5_000_000))],
		['100,000 lists in each other', nested(100_000)],
		['100,000 lists in msg', `{"type":30011,"msg":{"call_id":"1.1","a":${nested(100_000)}}}`],
		['100,000 objects in msg', `{"type":30011,"msg":${nestedObjects(100_000)}}`],
		['100,000 lists in the text of msg', framed(`{"call_id":"1.1","a":${nested(100_000)}}`)],
		['200 lists in msg', `{"type":30011,"msg":{"a":${nested(200)}}}`],
	])('passes over %s', (_what, text) => {
		expect(parseFrame(text)).toBeNull();
	});

	it.each([
		'{"type":30011,"msg":{"call_id":"1.1","__proto__":{"call_id":"2.2","isAdmin":true}}}',
		'{"type":30011,"__proto__":{"sn":"x"},"msg":"{\\"call_id\\":\\"1.1\\",\\"__proto__\\":{\\"isAdmin\\":true}}"}',
		'{"type":30011,"msg":{"call_id":"1.1","constructor":{"prototype":{"isAdmin":true}}}}',
		'{"type":30011,"msg":{"call_id":"1.1","members":[{"__proto__":{"isAdmin":true}}]}}',
	])('lets no frame change what objects are: %s', (text) => {
		const event = parseFrame(text);
		expect(event?.message.call_id).toBe('1.1');
		expect(Object.getPrototypeOf(event?.message)).toBe(Object.prototype);
		expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
	});
});

describe('observationsInEvent', () => {
	const pbxTime = createPbxTime('Asia/Shanghai');
	const seen = (type: number, message: Record<string, unknown>) =>
		observationsInEvent({ type, pbxSerial: 'S1', message }, 0, pbxTime);
	const leg = (channel: unknown, more: object = {}) => ({
		extension: { number: '1001', channel_id: channel, member_status: 'RING', ...more },
	});
	const callEnd = (changes: object = {}) => ({
		call_id: '1.1',
		time_start: '2026-03-04 16:15:00',
		call_from: '0755',
		call_to: '1001',
		call_duration: 5,
		talk_duration: 5,
		status: 'ANSWERED',
		type: 'Inbound',
		...changes,
	});

	it('takes no more members than a call can have', () => {
		const members = Array.from({ length: 10_000 }, (_, index) => leg(`channel ${index}`));
		expect(seen(30011, { call_id: '1.1', members })).toHaveLength(1_000);
	});

	it('takes numbers for texts, and no id that is longer than any', () => {
		expect(seen(30011, { call_id: 17.5, members: [leg(7)] })).toMatchObject([
			{ callId: '17.5', legId: '7' },
		]);
		const [observation] = seen(30012, callEnd({ call_id: 'x'.repeat(1_000_000) }));
		expect(observation.callId).toHaveLength(200);
	});

	it.each<[string, number, Record<string, unknown>]>([
		['no call id', 30011, { members: [leg('c')] }],
		['an object as call id', 30011, { call_id: {}, members: [leg('c')] }],
		['members that are a text', 30011, { call_id: '1.1', members: 'all' }],
		['members that are an object', 30011, { call_id: '1.1', members: { length: 3 } }],
		[
			'members of all types',
			30011,
			{ call_id: '1.1', members: [null, 7, 'x', [], {}, [leg('c')]] },
		],
		['a channel that is an object', 30011, { call_id: '1.1', members: [leg({ toString: 1 })] }],
		[
			'a state that is none',
			30011,
			{ call_id: '1.1', members: [leg('c', { member_status: '__proto__' })] },
		],
		['a status that is none', 30012, callEnd({ status: 'constructor' })],
		['a status that is a list', 30012, callEnd({ status: ['ANSWERED'] })],
		['a time that is none', 30012, callEnd({ time_start: "' OR 1=1 --" })],
		['an empty message', 30012, {}],
	])('sees nothing in %s', (_what, type, message) => {
		expect(seen(type, message)).toEqual([]);
	});

	it.each(['constructor', '__proto__', 'sideways', 7, {}])(
		'takes a call of the kind %j for an internal one or for none',
		(type) => {
			const directions = seen(30012, callEnd({ type })).map(
				(each) => 'direction' in each && each.direction,
			);
			expect(directions.filter((direction) => direction !== 'internal')).toEqual([]);
			const row = {
				call_id: '1.1',
				timestamp: 1_772_612_100,
				disposition: 'ANSWERED',
				call_type: type,
			};
			expect([undefined, 'internal']).toContain(observationOfRecordRow(row)?.direction);
		},
	);

	it.each([-1, 1e300, 'NaN', '∞', {}, [], null])('takes a duration of %j for none', (duration) => {
		expect(seen(30012, callEnd({ call_duration: duration }))).toMatchObject([{ totalSeconds: 0 }]);
	});
});
