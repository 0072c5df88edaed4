import type { LegObservation, RecordObservation } from '../../../nodes/call/CallObservation';
import { createCallTracker, type CallChange } from '../../../nodes/call/CallTracker';
import { summarizeCall } from '../../../nodes/call/summarizeCall';
import { context } from './callFromScript.mts';

const T0 = Date.parse('2026-03-02T07:15:20Z');
const at = (seconds: number) => new Date(T0 + seconds * 1_000).toISOString().replace('.000', '');

const phone = (number: string, state: LegObservation['state'], second: number): LegObservation => ({
	kind: 'leg',
	callId: '1.1',
	legId: `PJSIP/${number}`,
	party: { side: 'extension', number },
	state,
	via: null,
	observedAt: at(second),
});
const trunk = (state: LegObservation['state'], second: number): LegObservation => ({
	...phone('', state, second),
	legId: 'PJSIP/trunk',
	party: { side: 'inbound', from: '13800138000', to: '6500', trunk: 'trunk-a' },
});
const record = (
	to: string,
	status: RecordObservation['status'],
	start: number,
	totalSeconds: number,
	talkSeconds = 0,
): RecordObservation => ({
	kind: 'record',
	callId: '1.1',
	direction: 'inbound',
	from: '13800138000',
	fromName: null,
	to,
	toName: null,
	startedAt: at(start),
	totalSeconds,
	talkSeconds,
	status,
	trunk: 'trunk-a',
	leftByTrunk: false,
	did: null,
	didName: null,
	recordingFile: null,
});
const resultOf = ([{ evidence }]: CallChange[]) => summarizeCall(evidence, context, true)?.result;

describe('when a call is over', () => {
	it('two seconds of quiet after the trunk leg has ended and the records have come', () => {
		const tracker = createCallTracker();
		tracker.observe([trunk('ended', 10), phone('1001', 'talking', 2)], T0 + 10_000);
		tracker.observe(
			[phone('1001', 'ended', 10), record('1001', 'answered', 0, 10, 8)],
			T0 + 10_500,
		);
		expect(tracker.settled(T0 + 12_000)).toEqual([]);
		expect(resultOf(tracker.settled(T0 + 12_500))).toBe('answered');
		expect(tracker.settled(T0 + 99_000)).toEqual([]);
	});

	it('not while the trunk leg lives, although a record of the first agent is there', () => {
		const tracker = createCallTracker();
		tracker.observe([trunk('talking', 2), phone('1001', 'ended', 30)], T0 + 30_000);
		tracker.observe([record('1001', 'answered', 0, 30, 28)], T0 + 31_000);
		expect(tracker.settled(T0 + 600_000)).toEqual([]);
	});

	it('only phones are monitored: the next one may ring, so the PBX is asked first', () => {
		const tracker = createCallTracker();
		tracker.observe([phone('1001', 'ringing', 0), phone('1001', 'ended', 20)], T0 + 20_000);
		tracker.observe([record('1001', 'unanswered', 0, 20)], T0 + 20_500);
		expect(tracker.settled(T0 + 24_000)).toEqual([]);
		tracker.observe([phone('1002', 'ringing', 25), phone('1002', 'talking', 27)], T0 + 27_000);
		expect(tracker.settled(T0 + 80_000)).toEqual([]);
		tracker.observe(
			[phone('1002', 'ended', 90), record('1002', 'answered', 25, 65, 63)],
			T0 + 90_000,
		);
		expect(tracker.needsComparison(T0 + 101_000)).toBe(true);
		tracker.compareWithLive(new Set(), T0 + 101_000);
		expect(resultOf(tracker.settled(T0 + 101_500))).toBe('answered');
	});

	it('a talk of which no record tells yet is waited for', () => {
		const tracker = createCallTracker();
		tracker.observe(
			[trunk('ended', 60), phone('1001', 'talking', 5), phone('1001', 'ended', 60)],
			T0 + 60_000,
		);
		tracker.observe([record('6500', 'answered', 0, 60, 55)], T0 + 60_500);
		expect(tracker.settled(T0 + 63_500)).toEqual([]);
		tracker.observe([record('1001', 'answered', 0, 60, 55)], T0 + 63_600);
		expect(resultOf(tracker.settled(T0 + 66_000))).toBe('answered');
	});

	it('a lost end: the PBX twice does not list the call as live', () => {
		const tracker = createCallTracker();
		tracker.observe([trunk('talking', 2), phone('1001', 'talking', 2)], T0 + 2_000);
		tracker.observe([record('1001', 'answered', 0, 40, 38)], T0 + 41_000);
		tracker.compareWithLive(new Set(), T0 + 60_000);
		expect(tracker.settled(T0 + 65_000)).toEqual([]);
		tracker.compareWithLive(new Set(), T0 + 70_000);
		expect(resultOf(tracker.settled(T0 + 73_000))).toBe('answered');
	});

	it('a call that the PBX lists as live is not over, however long it is silent', () => {
		const tracker = createCallTracker();
		tracker.observe([trunk('talking', 2)], T0 + 2_000);
		for (let hour = 1; hour <= 6; hour++) {
			tracker.compareWithLive(new Set(['1.1']), T0 + hour * 3_600_000);
			expect(tracker.settled(T0 + hour * 3_600_000 + 60_000)).toEqual([]);
		}
	});
});
