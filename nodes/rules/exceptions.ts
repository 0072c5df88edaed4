import type { Call } from '../call/Call';
import { isWithinBusinessHours, type BusinessHours } from './businessHours';
import type { CallRules, ExceptionConditions, RuleCaller, RuleException } from './CallRules';
import { isInNumberList } from './numberList';

export interface ExceptionMatch {
	/** Null if none matches. */
	exception: RuleException | null;
	/** Sentences about exceptions that could not be judged, because the item lacks what they ask for. */
	notes: string[];
}

/** The first exception, in the order given, all of whose conditions the call meets. */
export function findException(
	call: Call,
	caller: RuleCaller | undefined,
	{ exceptions, businessHours }: CallRules,
	workflowTimeZone: string,
): ExceptionMatch {
	const notes: string[] = [];
	for (const exception of exceptions) {
		const { when } = exception;
		const meetsTheRest =
			meetsOrigin(when, call) &&
			meetsTalkTime(when, call.talkSeconds) &&
			meetsBusinessHours(when, call, businessHours, workflowTimeZone) &&
			meetsCustomer(when, caller);
		if (!meetsTheRest) continue;
		const repeat = meetsRepeat(when, call, caller);
		if (repeat === 'notKnown') {
			notes.push(
				`The exception '${exception.name}' asks for repeat callers, but the item does not say when this one last called (lastCallAt)`,
			);
		}
		if (repeat === true) return { exception, notes };
	}
	return { exception: null, notes };
}

function meetsOrigin(when: ExceptionConditions, call: Call): boolean {
	return (
		(when.dids.length === 0 || isInNumberList(when.dids, call.did)) &&
		(when.queues.length === 0 || isInNumberList(when.queues, call.queue)) &&
		(when.extensions.length === 0 ||
			isInNumberList(when.extensions, call.agent?.extension ?? null)) &&
		(when.directions.length === 0 || when.directions.includes(call.direction)) &&
		(when.callTypes.length === 0 ||
			(call.callType !== null && when.callTypes.includes(call.callType)))
	);
}

function meetsTalkTime(when: ExceptionConditions, talkSeconds: number): boolean {
	const { talkSecondsAtLeast, talkSecondsAtMost } = when;
	return (
		(talkSecondsAtLeast === null || talkSeconds >= talkSecondsAtLeast) &&
		(talkSecondsAtMost === null || talkSeconds <= talkSecondsAtMost)
	);
}

function meetsBusinessHours(
	when: ExceptionConditions,
	call: Call,
	hours: BusinessHours,
	workflowTimeZone: string,
): boolean {
	if (when.businessHours === 'any') return true;
	const inside = isWithinBusinessHours(call.startedAt, hours, workflowTimeZone);
	return inside === (when.businessHours === 'inside');
}

function meetsCustomer(when: ExceptionConditions, caller: RuleCaller | undefined): boolean {
	if (when.customerIs === 'any') return true;
	if (when.customerIs === 'known') return caller?.status === 'known';
	return caller?.status === 'unknown' || caller?.status === 'created';
}

function meetsRepeat(
	when: ExceptionConditions,
	call: Call,
	caller: RuleCaller | undefined,
): boolean | 'notKnown' {
	if (when.repeatWithinMinutes === null) return true;
	if (caller?.lastCallAt === undefined) return 'notKnown';
	if (caller.lastCallAt === null) return false;
	const minutesSince = (Date.parse(call.startedAt) - Date.parse(caller.lastCallAt)) / 60_000;
	// The same start is this very call, logged in an earlier run.
	return minutesSince > 0 && minutesSince <= when.repeatWithinMinutes;
}
