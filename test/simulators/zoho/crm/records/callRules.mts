import type { Crm } from '../crm.mts';
import type { Problem } from './fieldValidation.mts';
import type { Fields } from './recordStore.mts';

export type FieldProblem = Problem & { apiName: string };

/** Minutes and seconds; minutes above 59 simply grow (reference 2.8). */
const DURATION = /^(\d+):([0-5]\d)$/;

/** @returns null if it is not written as mm:ss */
export function durationInSeconds(duration: string): number | null {
	const match = DURATION.exec(duration);
	return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** The rules of section 2.8 of the reference for a whole Calls record, after every field is valid by itself. */
export function brokenCallRule(crm: Crm, call: Fields): FieldProblem | undefined {
	const duration = call.Call_Duration as string | null | undefined;
	const seconds = duration ? durationInSeconds(duration) : 0;
	if (seconds === null) {
		return {
			apiName: 'Call_Duration',
			code: 'INVALID_DATA',
			message: 'invalid data',
			details: { expected_data_type: 'text', regex: 'mm:ss' },
		};
	}
	if (call.Call_Type === 'Missed') {
		return seconds > 0 ? mismatch('A missed call can not have a duration.') : undefined;
	}
	if (call.Call_Type === 'Outbound' && call.Outgoing_Call_Status === 'Scheduled') {
		return brokenScheduleRule(crm, call);
	}
	return seconds === 0 ? mismatch('Call Duration can not be zero.') : undefined;
}

function brokenScheduleRule(crm: Crm, call: Fields): FieldProblem | undefined {
	if (Date.parse(call.Call_Start_Time as string) <= crm.now()) {
		return {
			apiName: 'Call_Start_Time',
			code: 'INVALID_DATA',
			message: 'a scheduled call must start in the future',
			details: { expected_data_type: 'datetime' },
		};
	}
	if (call.Who_Id || call.What_Id) return undefined;
	return {
		apiName: 'Who_Id',
		code: 'EXPECTED_FIELD_MISSING',
		message: 'a scheduled call needs Who_Id or What_Id',
		details: { expected_fields: [{ api_name: 'Who_Id' }, { api_name: 'What_Id' }] },
	};
}

function mismatch(message: string): FieldProblem {
	return {
		apiName: 'Call_Duration',
		code: 'DEPENDENT_MISMATCH',
		message,
		details: { dependee: { api_name: 'Call_Type' } },
	};
}
