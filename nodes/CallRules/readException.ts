import type { ExceptionChanges, ExceptionConditions, RuleException } from '../rules/CallRules';
import { parseNumberList } from '../rules/numberList';
import {
	businessHoursNames,
	callTypeNames,
	changeNames,
	customerIsNames,
	directionNames,
	recordKindNames,
} from '../rules/ruleWords';
import type { ValueReader } from './valueReader';

/** What a person filled in, by parameter name; what was not added is absent. */
export type Values = Record<string, unknown>;

export function readException(read: ValueReader, entry: Values, nameless: string): RuleException {
	const then = read.choice('Then', entry.then, {
		leaveOut: 'Leave Out the Call',
		change: 'Change',
	});
	return {
		name: read.text(entry.name) || nameless,
		when: readConditions(read, valuesOf(entry.conditions)),
		then: then === 'leaveOut' ? then : readChanges(read, valuesOf(entry.changes)),
	};
}

function readConditions(read: ValueReader, values: Values): ExceptionConditions {
	const secondsOrNull = (label: string, value: unknown) => read.amount(label, value) || null;
	return {
		dids: numbersIn(values.did),
		queues: numbersIn(values.queue),
		extensions: numbersIn(values.extension),
		directions: read.choices('Direction', values.directions, directionNames),
		callTypes: read.choices('Call Types', values.callTypes, callTypeNames),
		businessHours: read.choice('Business Hours', values.businessHours || 'any', businessHoursNames),
		talkSecondsAtLeast: secondsOrNull('Talk Time at Least', values.talkTimeAtLeast),
		talkSecondsAtMost: secondsOrNull('Talk Time at Most', values.talkTimeAtMost),
		customerIs: read.choice('Customer Is', values.customerIs || 'any', customerIsNames),
		repeatWithinMinutes: read.amount('Repeat Caller Within', values.repeatWithinMinutes) || null,
	};
}

function readChanges(read: ValueReader, values: Values): ExceptionChanges {
	const change = (label: string, value: unknown) =>
		read.choice(label, value || 'asAbove', changeNames);
	return {
		logCall: change('Log the Call', values.logCall),
		createRecord: read.choice('Create a Record', values.createRecord || 'asAbove', {
			...recordKindNames,
			asAbove: changeNames.asAbove,
			no: changeNames.no,
		}),
		createTicket: change('Create a Ticket', values.createTicket),
		followUpTask: change('Follow-Up Task', values.followUpTask),
		syncContact: change('Sync the Customer to a Phonebook', values.syncContact),
	};
}

/** The entries of a fixed collection that takes several. */
export function entriesOf(collection: unknown, name: string): Values[] {
	const entries = valuesOf(collection)[name];
	return Array.isArray(entries) ? entries.map(valuesOf) : [];
}

/** A typed list of numbers, or a list with several numbers in an entry. */
export function numbersIn(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	return entries.flatMap((entry) => parseNumberList(String(entry ?? '')));
}

function valuesOf(value: unknown): Values {
	return typeof value === 'object' && value !== null ? (value as Values) : {};
}
