import { CALL_EVENT_TYPES } from '../../../nodes/Yeastar/events/eventTypes';
import { firmwareOf } from '../../simulators/yeastar/callPlayback.mts';
import { writeCallScript } from '../../simulators/yeastar/callScript.mts';
import { wireForm } from '../../simulators/yeastar/frameDelivery.mts';
import { settingsOf } from '../../simulators/yeastar/pbxOptions.mts';
import { newPbxState } from '../../simulators/yeastar/pbxState.mts';
import type { Scenario } from '../../simulators/yeastar/scenario.mts';

/** What goes on in a company: calls through menus and queues, to one telephone and out, transfers, unanswered ones. */
const DAY: Scenario[] = [
	{ kind: 'inboundThroughQueue', agentCount: 10 },
	{ kind: 'inboundThroughQueue', agentCount: 3, outcome: 'unanswered' },
	{ kind: 'inboundThroughIvr' },
	{ kind: 'inboundToExtension' },
	{ kind: 'inboundToExtension', outcome: 'unanswered' },
	{ kind: 'blindTransfer' },
	{ kind: 'attendedTransfer' },
	{ kind: 'outbound' },
	{ kind: 'outbound', outcome: 'unanswered' },
	{ kind: 'internal' },
];

/** No call that the simulator places itself has such a number. */
const FIRST_SERIAL = 1_000_001;

/**
 * At least so many frames of whole calls, one call after the other, as the PBX sends them: those that a trigger
 * subscribes to for calls, JSON in JSON. All calls have just ended. The tape of a day's calls is written once and then
 * repeated under other call ids, for writing takes longer than folding.
 */
export function callFrames(least: number): { frames: string[]; calls: number } {
	const pbx = newPbxState(settingsOf({}));
	const now = Math.floor(Date.now() / 1_000);
	const scripts = DAY.map((scenario, index) =>
		writeCallScript(scenario, firmwareOf(pbx), FIRST_SERIAL + index, { now }),
	);
	const tapes = scripts.map(({ callId, startedAt, events }) => ({
		callId,
		startedAt,
		texts: events
			.filter(({ type }) => CALL_EVENT_TYPES.includes(type))
			.map((event) => JSON.stringify(wireForm(event, pbx))),
	}));
	const frames: string[] = [];
	let calls = 0;
	for (; frames.length < least; calls++) {
		const { callId, startedAt, texts } = tapes[calls % tapes.length];
		const ownId = `${startedAt}.${FIRST_SERIAL + calls}`;
		frames.push(...texts.map((text) => text.replaceAll(callId, ownId)));
	}
	return { frames, calls };
}
