import type { IDataObject, ITriggerFunctions } from 'n8n-workflow';
import type { Call } from '../../call/Call';
import type { CallMoment } from '../../call/CallTracker';
import { fingerprintOf } from '../../transport/fingerprint';
import { startAndAwaitEnd } from '../../triggers/executionEnd';
import type { PbxEvent } from './frame';
import { callItem, rawEventItem } from './triggerItems';

/** Equal raw events within this time are one; the PBX sends no event id. */
const REPEAT_WINDOW_MS = 2_000;

/** Starts executions of the trigger's workflow, each with a key: n8n starts no second one with the same (n8n-host.md). */
export interface Executions {
	start(moment: CallMoment, call: Call): void;
	/**
	 * Resolves when the execution has ended, well or badly, and at once if n8n has had one for this call. If its worker is
	 * lost, it is started once more, with `attempt` 2 in the item. Never rejects.
	 */
	startAndAwaitEnd(moment: CallMoment, call: Call): Promise<void>;
	/** @param receivedAtMs milliseconds since 1970 */
	startForRawEvent(event: PbxEvent, receivedAtMs: number): void;
}

/** @param pbxKey differs from PBX to PBX: call ids are unique within one only */
export function executionsOf(context: ITriggerFunctions, pbxKey: string): Executions {
	const keyOf = (...parts: string[]) =>
		[context.getWorkflow().id ?? '', context.getNode().id, pbxKey, ...parts].join(':');
	const emit = (json: IDataObject, key: string) =>
		context.emit([[{ json }]], undefined, undefined, key);

	return {
		start: (moment, call) => emit(callItem(moment, call), keyOf(call.callId, moment)),

		async startAndAwaitEnd(moment, call) {
			const key = keyOf(call.callId, moment);
			const end = await startAndAwaitEnd(context, [{ json: callItem(moment, call) }], key);
			if (end === 'ended') return;
			// Perhaps before the workflow had written anything down: then nobody else would know of the call.
			const again = { ...callItem(moment, call), attempt: 2 };
			await startAndAwaitEnd(context, [{ json: again }], `${key}:2`);
		},

		startForRawEvent(event, receivedAtMs) {
			const { type, message } = event;
			const window = Math.floor(receivedAtMs / REPEAT_WINDOW_MS);
			emit(rawEventItem(event, receivedAtMs), keyOf(fingerprintOf([type, message, window]), 'raw'));
		},
	};
}
