import fc from 'fast-check';
import type { Call, CallType } from '../../../nodes/call/Call';
import {
	anyCall,
	type ExceptionChanges,
	type ExceptionConditions,
	type CallRules,
	type RuleCaller,
	type RuleException,
} from '../../../nodes/rules/CallRules';
import { decide } from '../../../nodes/rules/decide';
import { routesOf } from '../../../nodes/rules/Decision';
import { anonymous, customerCalls, internal, rulesFor } from './sampleCalls.mts';

const callTypes: CallType[] = [
	'inboundAnswered',
	'inboundMissed',
	'outboundAnswered',
	'outboundUnanswered',
];

const anyTelephoneCall: fc.Arbitrary<Call> = fc
	.tuple(
		fc.constantFrom(...Object.values(customerCalls), internal, anonymous),
		fc.integer({ min: 0, max: 20 }),
	)
	.map(([call, seconds]) =>
		call.result === 'answered' ? { ...call, talkSeconds: seconds } : call,
	);

const anyCaller: fc.Arbitrary<RuleCaller | undefined> = fc.option(
	fc.record({
		status: fc.constantFrom('known', 'unknown', 'created', 'skipped'),
		lastCallAt: fc.constantFrom(undefined, null, '2026-03-02T01:50:00Z'),
	}),
	{ nil: undefined },
);

const anyYesNoChange = fc.constantFrom('asAbove' as const, 'yes' as const, 'no' as const);

const anyConditions: fc.Arbitrary<ExceptionConditions> = fc
	.tuple(
		fc.constantFrom<string[]>([], ['5503301'], ['1']),
		fc.subarray(callTypes),
		fc.constantFrom<ExceptionConditions['customerIs']>('any', 'known', 'unknown'),
		fc.constantFrom(null, 30),
	)
	.map(([dids, types, customerIs, repeatWithinMinutes]) => ({
		...anyCall,
		dids,
		callTypes: types,
		customerIs,
		repeatWithinMinutes,
	}));

const anyChanges: fc.Arbitrary<ExceptionChanges> = fc.record({
	logCall: anyYesNoChange,
	createRecord: fc.constantFrom('asAbove', 'contact', 'lead', 'account', 'no'),
	createTicket: anyYesNoChange,
	followUpTask: anyYesNoChange,
	syncContact: anyYesNoChange,
});

const anyException: fc.Arbitrary<RuleException> = fc
	.tuple(
		fc.constantFrom('VIP', 'Night'),
		anyConditions,
		fc.option(anyChanges, { nil: 'leaveOut' as const }),
	)
	.map(([name, when, then]) => ({ name, when, then }));

const anyRules: fc.Arbitrary<Omit<CallRules, 'dryRun'>> = fc.record({
	logCallTypes: fc.subarray(callTypes),
	createRecord: fc.record({
		directions: fc.subarray(['inbound', 'outbound']),
		as: fc.constantFrom('contact', 'lead', 'account'),
		name: fc.constant('New'),
	}),
	logWithoutRecord: fc.boolean(),
	ticketCallTypes: fc.subarray(callTypes),
	followUpTask: fc.record({
		forMissedCalls: fc.boolean(),
		dueAfterHours: fc.integer({ min: 0, max: 48 }),
		subject: fc.constant('Call back'),
	}),
	syncContact: fc.boolean(),
	ignore: fc.record({
		internal: fc.boolean(),
		anonymous: fc.boolean(),
		numbers: fc.constantFrom([], ['0755*']),
	}),
	minimumTalkSeconds: fc.constantFrom(0, 10),
	exceptions: fc.array(anyException, { maxLength: 3 }),
	businessHours: fc.constant({ timeZone: null, periods: [] }),
});

const context = { now: Date.parse('2026-03-02T02:02:00Z'), timeZone: 'Asia/Shanghai' };

describe('whatever the call, the caller and the rules', () => {
	it('a call leaves by at least one way with a reason, and by Create Record alone', () => {
		fc.assert(
			fc.property(
				anyTelephoneCall,
				anyCaller,
				anyRules,
				fc.boolean(),
				(call, caller, rules, recordRequested) => {
					const decision = decide(
						call,
						caller,
						{ ...rules, dryRun: false },
						{ ...context, recordRequested },
					);
					const routes = routesOf(decision);
					expect(routes.length).toBeGreaterThan(0);
					expect(new Set(routes).size).toBe(routes.length);
					expect(decision.reason).not.toBe('');
					expect(routes.includes('createRecord')).toBe(decision.createRecord !== null);
					expect(routes.includes('followUpTask')).toBe(decision.task !== null);
					if (routes.includes('createRecord') || routes.includes('leftOut')) {
						expect(routes).toHaveLength(1);
					}
				},
			),
		);
	});

	it('a record is asked for at most once, and only for a number that was not found', () => {
		fc.assert(
			fc.property(anyTelephoneCall, anyCaller, anyRules, (call, caller, settings) => {
				const rules = { ...settings, dryRun: false };
				const first = decide(call, caller, rules, context);
				if (!first.createRecord) return;
				expect(caller?.status).toBe('unknown');
				const gaveNothing = decide(call, caller, rules, { ...context, recordRequested: true });
				expect(gaveNothing.createRecord).toBeNull();
				const made: RuleCaller = { ...caller, status: 'created' };
				expect(decide(call, made, rules, context).createRecord).toBeNull();
			}),
		);
	});

	it('a dry run leaves every call out, and shows what the real run would do in all its rounds', () => {
		fc.assert(
			fc.property(anyTelephoneCall, anyCaller, anyRules, (call, caller, rules) => {
				const dry = decide(call, caller, { ...rules, dryRun: true }, context);
				expect(routesOf(dry)).toEqual(['leftOut']);

				const real = { ...rules, dryRun: false };
				const first = decide(call, caller, real, context);
				const rounds = first.createRecord
					? [first, decide(call, { ...caller, status: 'created' }, real, context)]
					: [first];
				expect(dry.actions).toEqual(rounds.flatMap(({ actions }) => actions));
				expect(dry.rule).toBe(first.rule);
			}),
		);
	});
});

it('changes nothing that it was given', () => {
	const call = Object.freeze({ ...customerCalls.inboundMissed });
	const rules = Object.freeze(rulesFor(call));
	expect(() => decide(call, Object.freeze({ status: 'unknown' }), rules, context)).not.toThrow();
});
