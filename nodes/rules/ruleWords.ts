import type { CallDirection, CallType } from '../call/Call';
import type { CustomerDirection, ExceptionConditions, RecordKind, YesNoChange } from './CallRules';
import type { Weekday } from './businessHours';

/** What people read for each value, in the editor as in the reasons: the words of Yeastar's settings pages. */
export const callTypeNames: Record<CallType, string> = {
	inboundAnswered: 'Inbound Answered',
	inboundMissed: 'Inbound Missed',
	outboundAnswered: 'Outbound Answered',
	outboundUnanswered: 'Outbound Unanswered',
};

export const customerDirectionNames: Record<CustomerDirection, string> = {
	inbound: 'Inbound Calls',
	outbound: 'Outbound Calls',
};

export const directionNames: Record<CallDirection, string> = {
	...customerDirectionNames,
	internal: 'Internal Calls',
};

export const recordKindNames: Record<RecordKind, string> = {
	contact: 'Contact',
	lead: 'Lead',
	account: 'Account',
};

export const businessHoursNames: Record<ExceptionConditions['businessHours'], string> = {
	any: 'Any',
	inside: 'Inside',
	outside: 'Outside',
};

export const customerIsNames: Record<ExceptionConditions['customerIs'], string> = {
	any: 'Any',
	known: 'Known',
	unknown: 'Unknown',
};

export const changeNames: Record<YesNoChange, string> = {
	asAbove: 'As Above',
	yes: 'Yes',
	no: 'No',
};

/** In the order of the week, which is also the order in which the editor shows them. */
export const weekdayNames: Record<Weekday, string> = {
	monday: 'Monday',
	tuesday: 'Tuesday',
	wednesday: 'Wednesday',
	thursday: 'Thursday',
	friday: 'Friday',
	saturday: 'Saturday',
	sunday: 'Sunday',
};
