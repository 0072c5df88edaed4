import { parseWebhookBody } from '../../../nodes/Yeastar/events/webhookBody';

const read = (body: unknown) =>
	parseWebhookBody(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
const end = { call_id: '1772559605.57', time_start: '2026-03-03 20:40:05', status: 'ANSWERED' };
const event = { type: 30012, pbxSerial: 'P5', message: end };

it.each([
	['a frame with text inside', { type: 30012, sn: 'P5', msg: JSON.stringify(end) }],
	['a frame with an object inside', { type: 30012, sn: 'P5', msg: end }],
	['the bare fields of event 30012', { sn: 'P5', ...end }],
])('%s is read', (_what, body) => {
	expect(read(body)).toEqual(event);
});

it('the bare fields may come without serial number', () => {
	expect(read(end)).toEqual({ ...event, pbxSerial: '' });
});

it.each([
	['nothing', ''],
	['an empty object', {}],
	['text', 'test'],
	['a list', [end]],
	['null', null],
	['a cut-off frame', '{"type":30012,"sn":"P5","msg":"{'],
	['a message that is no JSON', { type: 30012, msg: 'test' }],
	['bare fields of the wrong type', { ...end, call_id: { $gt: '' } }],
	[
		'more than a megabyte',
		{ type: 30012, sn: 'P5', msg: { ...end, call_to: 'x'.repeat(1_000_001) } },
	],
	['deep nesting', '['.repeat(50_000) + ']'.repeat(50_000)],
])('%s is no event', (_what, body) => {
	expect(read(body)).toBeNull();
});

it('keys named __proto__ change nothing', () => {
	read('{"__proto__":{"type":30012},"call_id":"1.1","time_start":"x"}');
	expect(({} as Record<string, unknown>).type).toBeUndefined();
});
