import type { Call } from '../../../nodes/call/Call';
import type { Scenario } from '../../simulators/yeastar/scenario.mts';
import { callFromEvents, callsFromRows, scriptOf } from './callFromScript.mts';

type Expected = Partial<
	Pick<
		Call,
		'direction' | 'result' | 'callType' | 'ringSeconds' | 'talkSeconds' | 'totalSeconds' | 'queue'
	>
> & { agent: string | null; customer?: string };

const FROM = '02160000001';
const TO = '13800138000';

const cases: Array<[string, Scenario, Expected]> = [
	[
		'inbound to an extension, answered',
		{ kind: 'inboundToExtension', from: FROM, extension: '1001', ringSeconds: 12, talkSeconds: 63 },
		{
			direction: 'inbound',
			result: 'answered',
			callType: 'inboundAnswered',
			agent: '1001',
			ringSeconds: 12,
			talkSeconds: 63,
			totalSeconds: 75,
			customer: FROM,
		},
	],
	[
		'inbound to an extension, not answered',
		{ kind: 'inboundToExtension', extension: '1002', outcome: 'unanswered', ringSeconds: 30 },
		{
			direction: 'inbound',
			result: 'missed',
			callType: 'inboundMissed',
			agent: '1002',
			ringSeconds: 30,
			talkSeconds: 0,
			totalSeconds: 30,
		},
	],
	[
		'voicemail is no conversation',
		{ kind: 'inboundToExtension', outcome: 'voicemail', ringSeconds: 20, messageSeconds: 16 },
		{
			direction: 'inbound',
			result: 'voicemail',
			callType: 'inboundMissed',
			agent: '1001',
			ringSeconds: 36,
			talkSeconds: 0,
			totalSeconds: 36,
		},
	],
	[
		'the extension is busy',
		{ kind: 'inboundToExtension', outcome: 'busy', ringSeconds: 0 },
		{
			direction: 'inbound',
			result: 'busy',
			callType: 'inboundMissed',
			agent: '1001',
			ringSeconds: 0,
			talkSeconds: 0,
			totalSeconds: 0,
		},
	],
	[
		'a menu that picks up is not a person: the caller leaves it',
		{ kind: 'inboundLeavesIvr', menuSeconds: 14 },
		{
			direction: 'inbound',
			result: 'abandoned',
			callType: 'inboundMissed',
			agent: null,
			ringSeconds: 14,
			talkSeconds: 0,
			totalSeconds: 14,
		},
	],
	[
		'through a menu to an extension',
		{ kind: 'inboundThroughIvr', menuSeconds: 8, ringSeconds: 5, talkSeconds: 40 },
		{
			direction: 'inbound',
			result: 'answered',
			callType: 'inboundAnswered',
			agent: '1001',
			ringSeconds: 13,
			talkSeconds: 40,
			totalSeconds: 53,
		},
	],
	[
		'a queue rings ten agents, one answers',
		{
			kind: 'inboundThroughQueue',
			queue: '6500',
			answeredBy: '1004',
			ringSeconds: 9,
			talkSeconds: 120,
		},
		{
			direction: 'inbound',
			result: 'answered',
			callType: 'inboundAnswered',
			agent: '1004',
			queue: '6500',
			ringSeconds: 9,
			talkSeconds: 120,
			totalSeconds: 129,
		},
	],
	[
		'a queue rings, nobody answers',
		{ kind: 'inboundThroughQueue', queue: '6500', outcome: 'unanswered', ringSeconds: 45 },
		{
			direction: 'inbound',
			result: 'missed',
			callType: 'inboundMissed',
			agent: '1012',
			queue: '6500',
			ringSeconds: 45,
			talkSeconds: 0,
			totalSeconds: 45,
		},
	],
	[
		'the caller leaves the queue before any phone rang',
		{ kind: 'inboundThroughQueue', queue: '6500', outcome: 'leftWaiting', waitSeconds: 20 },
		{
			direction: 'inbound',
			result: 'abandoned',
			callType: 'inboundMissed',
			agent: null,
			queue: '6500',
			ringSeconds: 20,
			talkSeconds: 0,
			totalSeconds: 20,
		},
	],
	[
		'a blind transfer: the second agent has the call',
		{
			kind: 'blindTransfer',
			extension: '1001',
			to: '1002',
			ringSeconds: 6,
			talkSeconds: 30,
			transferRingSeconds: 4,
			transferTalkSeconds: 50,
		},
		{
			direction: 'inbound',
			result: 'answered',
			callType: 'inboundAnswered',
			agent: '1002',
			ringSeconds: 6,
			talkSeconds: 80,
			totalSeconds: 90,
		},
	],
	[
		'a blind transfer that nobody takes: the first agent has talked',
		{
			kind: 'blindTransfer',
			extension: '1001',
			to: '1002',
			outcome: 'unanswered',
			ringSeconds: 6,
			talkSeconds: 30,
			transferRingSeconds: 20,
		},
		{
			direction: 'inbound',
			result: 'answered',
			callType: 'inboundAnswered',
			agent: '1001',
			ringSeconds: 6,
			talkSeconds: 30,
			totalSeconds: 56,
		},
	],
	[
		'outbound, answered',
		{ kind: 'outbound', extension: '1003', to: TO, ringSeconds: 7, talkSeconds: 33 },
		{
			direction: 'outbound',
			result: 'answered',
			callType: 'outboundAnswered',
			agent: '1003',
			ringSeconds: 7,
			talkSeconds: 33,
			totalSeconds: 40,
			customer: TO,
		},
	],
	[
		'outbound, not answered',
		{ kind: 'outbound', extension: '1003', to: TO, outcome: 'unanswered', ringSeconds: 25 },
		{
			direction: 'outbound',
			result: 'missed',
			callType: 'outboundUnanswered',
			agent: '1003',
			ringSeconds: 25,
			talkSeconds: 0,
			totalSeconds: 25,
			customer: TO,
		},
	],
	[
		'outbound, busy',
		{ kind: 'outbound', to: TO, outcome: 'busy' },
		{
			direction: 'outbound',
			result: 'busy',
			callType: 'outboundUnanswered',
			agent: '1001',
			ringSeconds: 0,
			talkSeconds: 0,
			totalSeconds: 0,
			customer: TO,
		},
	],
	[
		'dialled by the API, answered',
		{
			kind: 'apiDialled',
			caller: '1005',
			callee: TO,
			outcome: 'answered',
			ringSeconds: 8,
			talkSeconds: 20,
		},
		{
			direction: 'outbound',
			result: 'answered',
			callType: 'outboundAnswered',
			agent: '1005',
			talkSeconds: 20,
			customer: TO,
		},
	],
	[
		'dialled by the API, failed outward (the sequence seen live)',
		{ kind: 'apiDialled', caller: '1005', callee: TO, outcome: 'failedOutward' },
		{
			direction: 'outbound',
			result: 'failed',
			callType: 'outboundUnanswered',
			agent: '1005',
			talkSeconds: 0,
			customer: TO,
		},
	],
	[
		'internal',
		{ kind: 'internal', extension: '1001', to: '1002', ringSeconds: 3, talkSeconds: 10 },
		{
			direction: 'internal',
			result: 'answered',
			callType: null,
			agent: '1002',
			ringSeconds: 3,
			talkSeconds: 10,
			totalSeconds: 13,
		},
	],
];

/** The call with its people by number alone, so that a table can say what is expected. */
function inShort(call: Call | null | undefined): object {
	return {
		...call,
		agent: call?.agent?.extension ?? null,
		customer: call?.customer.number,
	};
}

describe('a call told from its events', () => {
	it.each(cases)('%s', (_, scenario, expected) => {
		const script = scriptOf(scenario);
		expect(inShort(callFromEvents(script.callId, script.events))).toMatchObject(expected);
	});

	it.each(cases)('%s: when events list all living legs', (_, scenario, expected) => {
		const script = scriptOf(scenario, 'all');
		expect(inShort(callFromEvents(script.callId, script.events))).toMatchObject(expected);
	});
});

describe('a call told from its call records', () => {
	it.each(cases)('%s', (_, scenario, expected) => {
		const calls = callsFromRows(scriptOf(scenario));
		expect(calls).toHaveLength(1);
		expect(inShort(calls[0])).toMatchObject(expected);
	});
});

describe('an attended transfer', () => {
	const scenario: Scenario = {
		kind: 'attendedTransfer',
		extension: '1001',
		to: '1002',
		talkSeconds: 30,
		consultationSeconds: 10,
		transferTalkSeconds: 45,
	};

	it.each([
		['completed', '1002'],
		['cancelled', '1001'],
	] as const)('%s: the one who ends the call has it, the journey shows both', (outcome, agent) => {
		const script = scriptOf({ ...scenario, outcome });
		for (const call of [callFromEvents(script.callId, script.events), callsFromRows(script)[0]]) {
			expect(call?.agent?.extension).toBe(agent);
			expect(call?.result).toBe('answered');
			const people = call?.journey.filter((leg) => leg.kind === 'extension');
			expect(people?.map((leg) => leg.number)).toEqual(expect.arrayContaining(['1001', '1002']));
		}
	});
});

describe('numbers, names and times', () => {
	const script = scriptOf({
		kind: 'inboundThroughQueue',
		from: '075526601234',
		callerName: 'Li Wei',
		did: '02660000',
		didName: 'Sales',
		queue: '6500',
		answeredBy: '1003',
		ringSeconds: 10,
		talkSeconds: 60,
		recorded: true,
	});

	it.each([
		['from events', callFromEvents(script.callId, script.events)],
		['from records', callsFromRows(script)[0]],
	])('%s', (_, call) => {
		expect(call).toMatchObject({
			customer: { number: '075526601234', e164: '+8675526601234' },
			anonymous: false,
			did: '02660000',
			agent: { extension: '1003', email: expect.stringContaining('@example.com') },
			startedAt: '2026-03-02T07:15:20Z',
			answeredAt: '2026-03-02T07:15:30Z',
			endedAt: '2026-03-02T07:16:30Z',
			recording: { file: script.recordings[0].file },
		});
	});

	it('takes the caller name from the records, which alone have it', () => {
		expect(callsFromRows(script)[0].customer.name).toBe('Li Wei');
	});

	it('knows a caller who hides the number', () => {
		const hidden = scriptOf({ kind: 'inboundToExtension', anonymous: true });
		expect(callFromEvents(hidden.callId, hidden.events)).toMatchObject({
			anonymous: true,
			customer: { number: '', e164: null, name: null },
		});
	});
});

describe('a record that calls itself inbound although an extension dialled out', () => {
	it('is told as an outbound call', () => {
		const script = scriptOf({ kind: 'outbound', extension: '1003', to: TO, talkSeconds: 33 });
		const [row] = script.rows;
		const [call] = callsFromRows({ ...script, rows: [{ ...row, call_type: 'Inbound' }] });
		expect(inShort(call)).toMatchObject({
			direction: 'outbound',
			callType: 'outboundAnswered',
			agent: '1003',
			customer: TO,
			talkSeconds: 33,
		});
	});
});

describe('a call that still runs', () => {
	const script = scriptOf({ kind: 'inboundThroughQueue', answeredBy: '1003' });

	it('has no result and no end, and knows who answered', () => {
		const untilAnswer = script.events.filter(
			(event) => event.phase === 'ring' || event.phase === 'answer',
		);
		expect(callFromEvents(script.callId, untilAnswer, false)).toMatchObject({
			result: null,
			callType: null,
			endedAt: null,
			agent: { extension: '1003' },
		});
	});
});
