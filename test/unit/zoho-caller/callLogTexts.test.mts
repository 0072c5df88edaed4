import type { Call, JourneyLeg } from '../../../nodes/call/Call';
import { callDescription, callSubject, mentionsCall } from '../../../nodes/Zoho/callLog/texts';
import { aCall, missed } from './aCall.mts';

describe('callSubject', () => {
	it.each<[string, Partial<Call>]>([
		['Inbound Completed - from <5503301> to Agent Name<2005>', {}],
		['Inbound Missed - from <5503301> to Agent Name<2005>', missed],
		['Inbound Missed - from <5503301> to <6400>', { ...missed, agent: null, queue: '6400' }],
		['Inbound Missed - from <5503301> to <80000001>', { ...missed, agent: null, did: '80000001' }],
		['Inbound Missed - from <5503301> to <>', { ...missed, agent: null }],
		[
			'Inbound Completed - from <5503301> to <2005>',
			{ agent: { extension: '2005', name: null, email: null } },
		],
		[
			'Outbound Completed - from Agent Name<2005> to <5503301>',
			{ direction: 'outbound', callType: 'outboundAnswered' },
		],
		[
			'Outbound No Answer - from Agent Name<2005> to <5503301>',
			{ direction: 'outbound', callType: 'outboundUnanswered', result: 'busy' },
		],
		[
			'Inbound Completed - from <Anonymous> to Agent Name<2005>',
			{ anonymous: true, customer: { number: '', e164: null, name: null } },
		],
		[
			'Internal Completed - from Agent Name<2005> to <5503301>',
			{ direction: 'internal', callType: null },
		],
		[
			'Internal Missed - from Agent Name<2005> to <5503301>',
			{ direction: 'internal', callType: null, result: 'missed' },
		],
	])('%s', (subject, changes) => {
		expect(callSubject(aCall(changes))).toBe(subject);
	});
});

describe('callDescription', () => {
	it('tells the time in the zone that is asked for', () => {
		expect(callDescription(aCall(), 'Asia/Shanghai', null)).toMatch(
			/^Time: 2026-03-04 16:15:00 \(Asia\/Shanghai\)\n/,
		);
	});

	it('tells how an unanswered call ended, and holds the note', () => {
		const lines = callDescription(aCall({ ...missed, result: 'voicemail' }), 'UTC', 'A note.');
		expect(lines.split('\n')).toEqual([
			'Time: 2026-03-04 08:15:00 (UTC)',
			'Type: Inbound, went to voicemail',
			'From: <5503301>',
			'To: Agent Name<2005>',
			'Talk time: 0:00 (rang for 0:12)',
			'A note.',
			'Call ID: 1772612100.55',
		]);
	});

	it('tells of a long journey only as much as fits', () => {
		const leg: JourneyLeg = {
			kind: 'extension',
			number: '2005',
			name: 'Agent',
			result: 'missed',
			ringSeconds: 15,
			talkSeconds: 0,
		};
		const text = callDescription(aCall({ journey: Array<JourneyLeg>(45).fill(leg) }), 'UTC', null);
		expect(text).toContain('20. Extension Agent 2005: missed after 0:15\nand 25 more');
		expect(text.length).toBeLessThan(2_000);
	});
});

it.each([
	['Call ID: 1772612100.5', true],
	['Text\nCall ID: 1772612100.5\n', true],
	['Text\r\nCall ID: 1772612100.5', true],
	['Text<br>Call ID: 1772612100.5', true],
	['Call ID: 1772612100.55', false],
	['See Call ID: 1772612100.5', false],
	[null, false],
])('%j mentions the call 1772612100.5: %s', (text, expected) => {
	expect(mentionsCall(text, '1772612100.5')).toBe(expected);
});
