import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../call/Call';
import type { CallMoment } from '../../call/CallTracker';
import { RAW_EVENT_OPTIONS } from './eventTypes';
import type { PbxEvent } from './frame';

/** The item that a trigger gives out for one moment of one call. */
export function callItem(moment: CallMoment, call: Call): IDataObject {
	return { event: moment, ...call };
}

/** The item that a trigger gives out for an event that is passed on as it is. @param receivedAtMs milliseconds since 1970 */
export function rawEventItem(
	{ type, pbxSerial, message }: PbxEvent,
	receivedAtMs: number,
): IDataObject {
	return {
		event: 'raw',
		type,
		name: RAW_EVENT_OPTIONS.find(({ value }) => value === type)?.name ?? String(type),
		pbxSerial,
		receivedAt: new Date(receivedAtMs).toISOString(),
		message: message as IDataObject,
	};
}
