import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { IANAZone } from 'luxon';
import type { Call } from '../call/Call';
import { parseTimeOfDay, type BusinessHours, type BusinessPeriod } from '../rules/businessHours';
import { defaultRules, type CallRules } from '../rules/CallRules';
import {
	callTypeNames,
	customerDirectionNames,
	recordKindNames,
	weekdayNames,
} from '../rules/ruleWords';
import { entriesOf, numbersIn, readException, type Values } from './readException';
import { valueReader, type Refuse, type ValueReader } from './valueReader';

/** The node's parameters as the rules for one item. Refuses, in words, values that an expression got wrong. */
export function readRules(context: IExecuteFunctions, itemIndex: number, call: Call): CallRules {
	const refuse: Refuse = (message, description) => {
		throw new NodeOperationError(context.getNode(), message, { description, itemIndex });
	};
	const read = valueReader(refuse);
	const parameter = (name: string): unknown => context.getNodeParameter(name, itemIndex);
	const yes = (name: string) => read.yes(parameter(name));
	const fallback = defaultRules(call);
	return {
		logCallTypes: read.choices('Log Calls', parameter('logCalls'), callTypeNames),
		createRecord: {
			directions: read.choices(
				'Create a Record for Unknown Numbers',
				parameter('createRecordFor'),
				customerDirectionNames,
			),
			as: read.choice('Create As', parameter('createAs'), recordKindNames),
			name: read.text(parameter('newRecordName')) || fallback.createRecord.name,
		},
		logWithoutRecord: yes('logWithoutRecord'),
		ticketCallTypes: read.choices('Create a Ticket', parameter('createTicketFor'), callTypeNames),
		followUpTask: {
			forMissedCalls: yes('followUpTask'),
			dueAfterHours: read.amount('Task Due After', parameter('taskDueAfterHours')),
			subject: read.text(parameter('taskSubject')) || fallback.followUpTask.subject,
		},
		syncContact: yes('syncContact'),
		ignore: {
			internal: yes('ignoreInternalCalls'),
			anonymous: yes('ignoreAnonymousCalls'),
			numbers: numbersIn(parameter('ignoreNumbers')),
		},
		exceptions: entriesOf(parameter('exceptions'), 'exception').map((entry, index) =>
			readException(read, entry, `Exception ${index + 1}`),
		),
		minimumTalkSeconds: read.amount('Minimum Talk Time', parameter('minimumTalkTime')),
		businessHours: readBusinessHours(
			read,
			refuse,
			entriesOf(parameter('businessHours'), 'period'),
			read.text(parameter('timeZone')),
		),
		dryRun: yes('dryRun'),
	};
}

function readBusinessHours(
	read: ValueReader,
	refuse: Refuse,
	periods: Values[],
	timeZone: string,
): BusinessHours {
	if (timeZone !== '' && !IANAZone.isValidZone(timeZone)) {
		refuse(`The time zone '${timeZone}' is not known`, 'Give a name such as Asia/Shanghai.');
	}
	const time = (label: string, value: unknown): number =>
		parseTimeOfDay(read.text(value)) ??
		refuse(`'${label}' of the business hours cannot be '${String(value)}'`, 'Write it as 09:00.');
	return {
		timeZone: timeZone || null,
		periods: periods.map(
			(period): BusinessPeriod => ({
				days: read.choices('Days', period.days, weekdayNames),
				opensAt: time('From', period.from),
				closesAt: time('To', period.to),
			}),
		),
	};
}
