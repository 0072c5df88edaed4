import type { Member } from './callMembers.mts';
import type { CdrRow } from './callRecord.mts';
import {
	eventType,
	startTape,
	type CallTape,
	type Firmware,
	type Phase,
	type ScriptedEvent,
	type ScriptedRecording,
} from './callTape.mts';
import {
	inboundLeavesIvr,
	inboundThroughIvr,
	inboundThroughQueue,
	inboundThroughRingGroup,
	inboundToExtension,
} from './inboundScripts.mts';
import { apiDialled, internal, outbound } from './outgoingScripts.mts';
import type { Scenario } from './scenario.mts';
import { attendedTransfer, blindTransfer, transferToExternal } from './transferScripts.mts';

/** All that one call leaves behind, worked out before anything is sent. */
export interface CallScript {
	callId: string;
	/** Unix seconds. */
	startedAt: number;
	endedAt: number;
	/** In the order of the PBX; every event knows its phase. */
	events: ScriptedEvent[];
	/** The phases that the scenario has, in order. */
	phases: Phase[];
	/** Members that live when a phase has been played: what `call/query` answers then. */
	membersAfter: Map<Phase, Member[]>;
	rows: CdrRow[];
	recordings: ScriptedRecording[];
}

/**
 * Turns a scenario into its events and CDR rows. Pure: the same arguments give the same script.
 *
 * @param sequence the PBX's running number of the call: the part of `call_id` after the dot, and the source of channel
 *   and row ids
 * @param clock unix seconds: `now` ends the call now, `startNow` starts it now, unless the scenario has its own start
 */
export function writeCallScript(
	scenario: Scenario,
	firmware: Firmware,
	sequence: number,
	clock: { now: number } | { startNow: number },
): CallScript {
	const startedAt =
		scenario.startedAt ??
		('startNow' in clock
			? clock.startNow
			: clock.now - record(scenario, firmware, sequence, 0).tape.elapsed);
	const { tape, callId } = record(scenario, firmware, sequence, startedAt);
	return {
		callId,
		startedAt,
		endedAt: startedAt + tape.elapsed,
		events: tape.events,
		phases: [...new Set(tape.events.map((event) => event.phase))],
		membersAfter: tape.membersAfter,
		rows: tape.rows,
		recordings: tape.recordings,
	};
}

function record(scenario: Scenario, firmware: Firmware, sequence: number, startedAt: number) {
	const failsAtOnce = scenario.kind === 'apiDialled' && scenario.outcome === 'refusedAtOnce';
	// The counter of a call that failed at once is padded with zeros (live).
	const callId = `${startedAt}.${failsAtOnce ? String(sequence).padStart(6, '0') : sequence}`;
	const tape = startTape(firmware, startedAt, sequence, callId);
	play(scenario, tape);
	return { tape, callId };
}

function play(scenario: Scenario, tape: CallTape): void {
	switch (scenario.kind) {
		case 'inboundToExtension':
			inboundToExtension(tape, scenario);
			break;
		case 'inboundThroughIvr':
			inboundThroughIvr(tape, scenario);
			break;
		case 'inboundLeavesIvr':
			inboundLeavesIvr(tape, scenario);
			break;
		case 'inboundThroughQueue':
			inboundThroughQueue(tape, scenario);
			break;
		case 'inboundThroughRingGroup':
			inboundThroughRingGroup(tape, scenario);
			break;
		case 'blindTransfer':
			blindTransfer(tape, scenario);
			break;
		case 'attendedTransfer':
			attendedTransfer(tape, scenario);
			break;
		case 'transferToExternal':
			transferToExternal(tape, scenario);
			break;
		case 'outbound':
			outbound(tape, scenario);
			break;
		case 'internal':
			internal(tape, scenario);
			break;
		case 'apiDialled':
			apiDialled(tape, scenario);
			break;
	}
	tape.reportRows();
	if (scenario.surveyResult !== undefined) {
		tape.emit(eventType.survey, { call_id: tape.callId, survey_result: scenario.surveyResult });
	}
}
