import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../../call/Call';
import { zohoDateTime } from '../../dateTimes';
import { activityLink } from '../records/activityLink';
import { withCallIdLine } from '../../callLog/texts';

/** The record that a call is logged on. */
export interface LoggedOn {
	module: string;
	id: string;
	/** The account of a contact, if the call should show there, too. */
	accountId: string | null;
}

/** What a log says besides the facts of the call. */
export interface CallLogWishes {
	subject: string;
	description: string;
	/** Null logs the call without a record. */
	record: LoggedOn | null;
	/** Null leaves it to Zoho, which takes the connected user. */
	ownerId: string | null;
	recordingLink: string;
	/** Further fields by API name; they win over the ones above. */
	fields: IDataObject;
}

/** Zoho's default fields hold 255 characters of subject, and 2,000 of description in the smallest kind. */
const LONGEST_SUBJECT = 255;
const LONGEST_DESCRIPTION = 2_000;

const DURATION_NOTE = 'The duration of 00:01 is the shortest that Zoho CRM accepts; nobody talked.';

/** The sentence that says the truth where Zoho refuses it, or null. */
export function durationNote(call: Call): string | null {
	const { Call_Type: type } = callFacts(call);
	return type !== 'Missed' && call.talkSeconds <= 0 ? DURATION_NOTE : null;
}

/** A call as a record of the module Calls, by Zoho's rules for each type (reference zoho-crm.md, 2.8). */
export function callLogRecord(call: Call, wishes: CallLogWishes): IDataObject {
	const { subject, record, ownerId, recordingLink, fields } = wishes;
	return {
		Subject: subject.trim().slice(0, LONGEST_SUBJECT),
		...callFacts(call),
		Description: withCallIdLine(wishes.description, call.callId, LONGEST_DESCRIPTION),
		...(record ? linkTo(record) : {}),
		...(ownerId ? { Owner: { id: ownerId } } : {}),
		...(recordingLink ? { Voice_Recording__s: recordingLink } : {}),
		...fields,
	};
}

/** What Zoho calls a call of this kind: `Inbound`, `Outbound` or `Missed`. */
export function callTypeInZoho(call: Call): string {
	return callFacts(call).Call_Type;
}

function callFacts(call: Call): IDataObject & { Call_Type: string } {
	const start = { Call_Start_Time: zohoTime(call.startedAt) };
	switch (call.callType) {
		case 'inboundAnswered':
			return { Call_Type: 'Inbound', ...start, Call_Duration: logDuration(call.talkSeconds) };
		case 'inboundMissed':
			return { Call_Type: 'Missed', ...start };
		case 'outboundAnswered':
		case 'outboundUnanswered':
			return { Call_Type: 'Outbound', ...start, ...completed(call) };
		case null:
			return call.result === 'answered'
				? { Call_Type: 'Outbound', ...start, ...completed(call) }
				: { Call_Type: 'Missed', ...start };
	}
}

/** Zoho knows no unanswered outgoing calls: without this status they count as planned ones. */
function completed({ talkSeconds }: Call): IDataObject {
	return { Call_Duration: logDuration(talkSeconds), Outgoing_Call_Status: 'Completed' };
}

/** Zoho takes neither milliseconds nor a bare `Z`. */
export function zohoTime(iso: string): string {
	return zohoDateTime(DateTime.fromISO(iso, { zone: 'utc' }));
}

/** `03:27` or `125:07`; Zoho refuses a length of zero (DEPENDENT_MISMATCH). */
export function logDuration(talkSeconds: number): string {
	const seconds = Math.max(1, Math.round(talkSeconds));
	const twoDigits = (value: number) => String(value).padStart(2, '0');
	return `${twoDigits(Math.floor(seconds / 60))}:${twoDigits(seconds % 60)}`;
}

/** A call of a contact may also show on the contact's account, which Zoho takes as a second link. */
function linkTo({ module, id, accountId }: LoggedOn): IDataObject {
	const account = module === 'Contacts' && accountId ? activityLink('Accounts', accountId) : {};
	return { ...account, ...activityLink(module, id) };
}
