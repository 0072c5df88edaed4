import fc from 'fast-check';
import type { ScriptedEvent } from '../../simulators/yeastar/callTape.mts';
import type { Scenario } from '../../simulators/yeastar/scenario.mts';
import { callFromEvents, scriptOf } from './callFromScript.mts';

const seconds = fc.integer({ min: 1, max: 600 });
const scenarios: fc.Arbitrary<Scenario> = fc.oneof(
	fc.record({
		kind: fc.constant('inboundThroughQueue' as const),
		agentCount: fc.integer({ min: 1, max: 10 }),
		outcome: fc.constantFrom('answered', 'unanswered', 'leftWaiting' as const),
		ringSeconds: seconds,
		talkSeconds: seconds,
		recorded: fc.boolean(),
	}),
	fc.record({
		kind: fc.constant('inboundThroughIvr' as const),
		outcome: fc.constantFrom('answered', 'unanswered', 'voicemail', 'busy' as const),
		menuSeconds: seconds,
		talkSeconds: seconds,
	}),
	fc.record({
		kind: fc.constant('attendedTransfer' as const),
		extension: fc.constant('1001'),
		to: fc.constant('1002'),
		outcome: fc.constantFrom('completed', 'cancelled' as const),
		consultationSeconds: seconds,
		transferTalkSeconds: seconds,
	}),
	fc.record({
		kind: fc.constant('blindTransfer' as const),
		extension: fc.constant('1001'),
		to: fc.constant('1002'),
		talkSeconds: seconds,
		transferTalkSeconds: seconds,
	}),
	fc.record({
		kind: fc.constant('outbound' as const),
		outcome: fc.constantFrom('answered', 'unanswered', 'busy', 'failed' as const),
		ringSeconds: seconds,
		talkSeconds: seconds,
	}),
	fc.record({
		kind: fc.constant('apiDialled' as const),
		outcome: fc.constantFrom('answered', 'calleeUnanswered', 'callerUnanswered' as const),
	}),
);

/** The events, each up to three times, in any order. */
function disorderly(events: ScriptedEvent[]): fc.Arbitrary<ScriptedEvent[]> {
	return fc
		.tuple(
			...events.map((event) => fc.integer({ min: 1, max: 3 }).map((n) => Array(n).fill(event))),
		)
		.chain((repeated) => {
			const all: ScriptedEvent[] = repeated.flat();
			return fc.shuffledSubarray(all, { minLength: all.length });
		});
}

describe('the fold of a call', () => {
	it('gives the same call for the same events in any order and with any repeats', () => {
		fc.assert(
			fc.property(
				scenarios
					.map((scenario) => scriptOf(scenario))
					.chain((script) => fc.tuple(fc.constant(script), disorderly(script.events))),
				([script, events]) => {
					expect(callFromEvents(script.callId, events)).toEqual(
						callFromEvents(script.callId, script.events),
					);
				},
			),
			{ numRuns: 150 },
		);
	});

	it('tells result, agent and times the same when status frames are missing but the records came', () => {
		fc.assert(
			fc.property(
				scenarios
					.map((scenario) => scriptOf(scenario))
					.chain((script) => {
						const records = script.events.filter((event) => event.type === 30012);
						const others = script.events.filter((event) => event.type !== 30012);
						return fc.tuple(
							fc.constant(script),
							fc.shuffledSubarray(others).map((some) => [...some, ...records]),
						);
					}),
				([script, events]) => {
					const { journey: wholeJourney, ...whole } = callFromEvents(script.callId, script.events)!;
					const { journey, ...partly } = callFromEvents(script.callId, events)!;
					expect(partly).toEqual(whole);
					expect(wholeJourney).toEqual(expect.arrayContaining(journey));
				},
			),
			{ numRuns: 150 },
		);
	});

	it('still knows who was called when every record was lost', () => {
		fc.assert(
			fc.property(
				scenarios.map((scenario) => scriptOf(scenario)),
				(script) => {
					const frames = script.events.filter((event) => event.type === 30011);
					// A call that failed before it left the PBX has no trunk leg to tell its direction.
					fc.pre(/"(inbound|outbound)"/.test(JSON.stringify(frames)));
					const call = callFromEvents(script.callId, frames);
					const whole = callFromEvents(script.callId, script.events);
					expect(call?.direction).toBe(whole?.direction);
					expect(call?.customer.number).toBe(whole?.customer.number);
				},
			),
		);
	});
});
