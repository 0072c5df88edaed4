import type { Call } from '../call/Call';
import type { CallRules, ExceptionChanges, RecordKind, YesNoChange } from './CallRules';

/** What is to be done with a call, before it is asked whether that is possible. */
export interface Wishes {
	logCall: boolean;
	/** Null for no record. */
	createRecord: RecordKind | null;
	createTicket: boolean;
	followUpTask: boolean;
	syncContact: boolean;
}

/** What the settings say, changed by the exception that matched. */
export function wishesFor(call: Call, rules: CallRules, changes: ExceptionChanges): Wishes {
	const { callType, direction } = call;
	const isCustomerCall = direction !== 'internal';
	const createsRecord = isCustomerCall && rules.createRecord.directions.includes(direction);
	return {
		logCall: change(changes.logCall, callType !== null && rules.logCallTypes.includes(callType)),
		createRecord: changeRecord(changes.createRecord, createsRecord ? rules.createRecord.as : null),
		createTicket: change(
			changes.createTicket,
			callType !== null && rules.ticketCallTypes.includes(callType),
		),
		followUpTask: change(
			changes.followUpTask,
			callType === 'inboundMissed' && rules.followUpTask.forMissedCalls,
		),
		syncContact: change(changes.syncContact, isCustomerCall && rules.syncContact),
	};
}

function change(to: YesNoChange, asAbove: boolean): boolean {
	return to === 'asAbove' ? asAbove : to === 'yes';
}

function changeRecord(
	to: ExceptionChanges['createRecord'],
	asAbove: RecordKind | null,
): RecordKind | null {
	if (to === 'asAbove') return asAbove;
	return to === 'no' ? null : to;
}
