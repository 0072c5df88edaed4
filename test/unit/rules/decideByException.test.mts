import { expectDecision, ignore, record, task, type Case } from './decisionCases.mts';
import {
	changing,
	created,
	inboundAnswered,
	inboundMissed,
	internal,
	known,
	leaveOut,
	outboundAnswered,
	outboundUnanswered,
	skipped,
	unknown,
} from './sampleCalls.mts';

const byException: Case[] = [
	{
		what: 'an exception that leaves the call out',
		call: inboundAnswered,
		caller: unknown,
		rules: { exceptions: [leaveOut('Test numbers', { dids: ['5503301'] })] },
		leavesBy: ['leftOut'],
		reason: "Left out by the exception 'Test numbers'",
		rule: 'Test numbers',
	},
	{
		what: 'an exception that does not match',
		call: inboundAnswered,
		caller: known,
		rules: { exceptions: [leaveOut('Test numbers', { dids: ['5503399'] })] },
		leavesBy: ['logCall'],
		reason: 'Inbound Answered, known customer: log the call',
	},
	{
		what: 'the first of two exceptions that match',
		call: inboundAnswered,
		caller: known,
		rules: {
			exceptions: [changing('VIP', {}, { createTicket: 'yes' }), leaveOut('Everything else')],
		},
		leavesBy: ['logCall', 'createTicket'],
		reason: 'Inbound Answered, known customer: log the call and create a ticket',
		rule: 'VIP',
	},
	{
		what: 'an exception that makes another kind of record',
		call: outboundAnswered,
		caller: unknown,
		rules: {
			...record({ directions: [] }),
			exceptions: [changing('Suppliers', {}, { createRecord: 'account' })],
		},
		leavesBy: ['createRecord'],
		reason: 'Outbound Answered, unknown number: create an Account',
		rule: 'Suppliers',
	},
	{
		what: 'an exception that makes no record and does not log',
		call: inboundAnswered,
		caller: unknown,
		rules: {
			exceptions: [changing('Press', {}, { createRecord: 'no', logCall: 'no' })],
		},
		leavesBy: ['leftOut'],
		reason: "The exception 'Press' says not to log the call",
		rule: 'Press',
	},
	{
		what: 'an exception that logs a type that is not logged',
		call: outboundUnanswered,
		caller: known,
		rules: { logCallTypes: [], exceptions: [changing('Sales', {}, { logCall: 'yes' })] },
		leavesBy: ['logCall'],
		reason: 'Outbound Unanswered, known customer: log the call',
		rule: 'Sales',
	},
	{
		what: 'an exception that asks for a task after an answered call',
		call: inboundAnswered,
		caller: known,
		rules: {
			exceptions: [changing('Long call', { talkSecondsAtLeast: 60 }, { followUpTask: 'yes' })],
		},
		leavesBy: ['logCall', 'followUpTask'],
		reason: 'Inbound Answered, known customer: log the call and create a follow-up task',
		rule: 'Long call',
	},
	{
		what: 'an exception that takes ticket, task and phonebook away',
		call: inboundMissed,
		caller: known,
		rules: {
			...task(),
			ticketCallTypes: ['inboundMissed'],
			syncContact: true,
			exceptions: [
				changing('Quiet', {}, { createTicket: 'no', followUpTask: 'no', syncContact: 'no' }),
			],
		},
		leavesBy: ['logCall'],
		reason: 'Inbound Missed, known customer: log the call',
		rule: 'Quiet',
	},
	{
		what: 'an exception that logs internal calls',
		call: internal,
		caller: skipped,
		rules: {
			...ignore({ internal: false }),
			exceptions: [changing('Inside', { directions: ['internal'] }, { logCall: 'yes' })],
		},
		leavesBy: ['logCall'],
		reason: 'Internal call, customer not looked up: log the call',
		rule: 'Inside',
	},
	{
		what: 'an exception for unknown numbers, after the record was created',
		call: inboundAnswered,
		caller: created,
		requested: true,
		rules: {
			exceptions: [changing('New', { customerIs: 'unknown' }, { createTicket: 'yes' })],
		},
		leavesBy: ['logCall', 'createTicket'],
		reason:
			'Inbound Answered, unknown number with its new record: log the call and create a ticket',
		rule: 'New',
	},
	{
		what: 'an exception about repeat callers without the time of the last call',
		call: inboundAnswered,
		caller: known,
		rules: { exceptions: [leaveOut('Again', { repeatWithinMinutes: 30 })] },
		leavesBy: ['logCall'],
		reason:
			"Inbound Answered, known customer: log the call. The exception 'Again' asks for repeat callers, but the item does not say when this one last called (lastCallAt)",
	},
	{
		what: 'no exception for calls that are ignored',
		call: internal,
		caller: skipped,
		rules: { exceptions: [changing('All', {}, { logCall: 'yes' })] },
		leavesBy: ['leftOut'],
		reason: 'Internal call',
	},
];

describe('what becomes of a call, with exceptions', () => {
	it.each(byException)('$what', expectDecision);
});
