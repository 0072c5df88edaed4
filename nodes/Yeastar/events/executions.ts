import {
	ExecutionCancelledError,
	type IDataObject,
	type IRun,
	type ITriggerFunctions,
} from 'n8n-workflow';
import type { Call } from '../../call/Call';
import type { CallMoment } from '../../call/CallTracker';
import { fingerprintOf } from '../../transport/fingerprint';
import type { PbxEvent } from './frame';
import { callItem, rawEventItem } from './triggerItems';

/** Equal raw events within this time are one; the PBX sends no event id. */
const REPEAT_WINDOW_MS = 2_000;

/** Starts executions of the trigger's workflow, each with a key: n8n starts no second one with the same (n8n-host.md). */
export interface Executions {
	start(moment: CallMoment, call: Call): void;
	/** Resolves when the execution has ended, well or badly, and at once if n8n has had one for this call. Never rejects. */
	startAndAwaitEnd(moment: CallMoment, call: Call): Promise<void>;
	/** @param receivedAtMs milliseconds since 1970 */
	startForRawEvent(event: PbxEvent, receivedAtMs: number): void;
}

/** @param pbxKey differs from PBX to PBX: call ids are unique within one only */
export function executionsOf(context: ITriggerFunctions, pbxKey: string): Executions {
	const emit = (
		json: IDataObject,
		keyParts: string[],
		end?: ReturnType<typeof context.helpers.createDeferredPromise<IRun>>,
	) => {
		const key = [context.getWorkflow().id ?? '', context.getNode().id, pbxKey, ...keyParts];
		context.emit([[{ json }]], undefined, end, key.join(':'));
	};
	const start = (moment: CallMoment, call: Call, end?: Parameters<typeof emit>[2]) =>
		emit(callItem(moment, call), [call.callId, moment], end);

	return {
		start: (moment, call) => start(moment, call),

		async startAndAwaitEnd(moment, call) {
			const end = context.helpers.createDeferredPromise<IRun>();
			start(moment, call, end);
			await end.promise.catch((error: unknown) => {
				// Somebody has stopped the execution. Any other error means that n8n has not started it: its database was
				// busy, or its engine starts nothing that is waited for. If it did start it, it knows the key.
				if (!(error instanceof ExecutionCancelledError)) start(moment, call);
			});
		},

		startForRawEvent(event, receivedAtMs) {
			const { type, message } = event;
			const window = Math.floor(receivedAtMs / REPEAT_WINDOW_MS);
			emit(rawEventItem(event, receivedAtMs), [fingerprintOf([type, message, window]), 'raw']);
		},
	};
}
