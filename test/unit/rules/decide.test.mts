import { decide } from '../../../nodes/rules/decide';
import { routesOf } from '../../../nodes/rules/Decision';
import { context, task } from './decisionCases.mts';
import { created, inboundMissed, known, rulesFor, unknown } from './sampleCalls.mts';

describe('a new record', () => {
	it('has the kind and the name of the rules', () => {
		const { createRecord } = decide(inboundMissed, unknown, rulesFor(inboundMissed), context);
		expect(createRecord).toEqual({ as: 'lead', name: 'Automatic New Contact -075526601234' });
	});

	it('is not asked for again once it was made', () => {
		const { createRecord } = decide(inboundMissed, created, rulesFor(inboundMissed), context);
		expect(createRecord).toBeNull();
	});
});

describe('a follow-up task', () => {
	it('is due so many hours after the end of the call, in the time zone of the workflow', () => {
		const rules = rulesFor(inboundMissed, task());
		const decision = decide(inboundMissed, known, rules, context);
		expect(decision.task).toEqual({ subject: 'Call back', dueAt: '2026-03-02T14:01:42+08:00' });
	});

	it('is due in the time zone of the business hours if they name one', () => {
		const rules = rulesFor(inboundMissed, {
			...task({ dueAfterHours: 0.5 }),
			businessHours: { timeZone: 'Europe/Berlin', periods: [] },
		});
		const decision = decide(inboundMissed, known, rules, context);
		expect(decision.task?.dueAt).toBe('2026-03-02T03:31:42+01:00');
	});

	it('is due now when the call is handled too late for that', () => {
		const rules = rulesFor(inboundMissed, task());
		const now = Date.parse('2026-03-03T00:00:00.500Z');
		const decision = decide(inboundMissed, known, rules, { ...context, now });
		expect(decision.task?.dueAt).toBe('2026-03-03T08:00:00+08:00');
	});

	it('waits until the record is there', () => {
		const rules = rulesFor(inboundMissed, task());
		expect(decide(inboundMissed, unknown, rules, context).task).toBeNull();
		expect(decide(inboundMissed, created, rules, context).task).not.toBeNull();
	});
});

describe('a dry run', () => {
	it('shows at once what would happen before and after the record is created', () => {
		const rules = rulesFor(inboundMissed, { ...task(), syncContact: true, dryRun: true });
		const decision = decide(inboundMissed, unknown, rules, context);
		expect(routesOf(decision)).toEqual(['leftOut']);
		expect(decision).toEqual({
			rule: 'Settings',
			reason:
				'Inbound Missed, unknown number: create a Lead, log the call, create a follow-up task, and sync the customer to a phonebook',
			actions: ['createRecord', 'logCall', 'followUpTask', 'syncContact'],
			createRecord: { as: 'lead', name: 'Automatic New Contact -075526601234' },
			task: { subject: 'Call back', dueAt: '2026-03-02T14:01:42+08:00' },
			dryRun: true,
		});
	});
});
