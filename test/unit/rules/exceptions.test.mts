import type { Call } from '../../../nodes/call/Call';
import type { ExceptionConditions, RuleCaller } from '../../../nodes/rules/CallRules';
import { findException } from '../../../nodes/rules/exceptions';
import {
	created,
	inboundAnswered,
	inboundMissed,
	known,
	leaveOut,
	outboundAnswered,
	rulesFor,
	skipped,
	unknown,
} from './sampleCalls.mts';

const mondayToFriday = {
	timeZone: 'Asia/Shanghai',
	periods: [
		{
			days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const,
			opensAt: 9 * 60,
			closesAt: 18 * 60,
		},
	].map((period) => ({ ...period, days: [...period.days] })),
};

function find(when: Partial<ExceptionConditions>, call: Call, caller?: RuleCaller) {
	const rules = rulesFor(call, {
		exceptions: [leaveOut('It', when)],
		businessHours: mondayToFriday,
	});
	return findException(call, caller, rules, 'UTC');
}

const lastCallAt = (time: string | null): RuleCaller => ({ ...known, lastCallAt: time });
const atNight: Call = { ...inboundAnswered, startedAt: '2026-03-02T13:00:00Z' };
const withoutAgent: Call = { ...inboundMissed, agent: null };

const cases: Array<
	[matches: boolean, when: Partial<ExceptionConditions>, call: Call, caller?: RuleCaller]
> = [
	[true, {}, inboundAnswered],
	[true, { dids: ['5503300', '5503301'] }, inboundAnswered],
	[true, { dids: ['55033*'] }, inboundAnswered],
	[false, { dids: ['550330'] }, inboundAnswered],
	[false, { dids: ['5503301'] }, { ...inboundAnswered, did: null }],
	[true, { queues: ['6700'] }, inboundAnswered],
	[false, { queues: ['6700'] }, outboundAnswered],
	[true, { extensions: ['2005'] }, inboundAnswered],
	[true, { extensions: ['20*'] }, inboundAnswered],
	[false, { extensions: ['2006'] }, inboundAnswered],
	[false, { extensions: ['*'] }, withoutAgent],
	[true, { directions: ['outbound'] }, outboundAnswered],
	[false, { directions: ['outbound'] }, inboundAnswered],
	[true, { callTypes: ['inboundMissed'] }, inboundMissed],
	[false, { callTypes: ['inboundMissed'] }, inboundAnswered],
	[true, { businessHours: 'inside' }, inboundAnswered],
	[false, { businessHours: 'outside' }, inboundAnswered],
	[true, { businessHours: 'outside' }, atNight],
	[true, { talkSecondsAtLeast: 90 }, inboundAnswered],
	[false, { talkSecondsAtLeast: 91 }, inboundAnswered],
	[true, { talkSecondsAtMost: 90 }, inboundAnswered],
	[false, { talkSecondsAtMost: 89 }, inboundAnswered],
	[true, { customerIs: 'known' }, inboundAnswered, known],
	[false, { customerIs: 'known' }, inboundAnswered, created],
	[false, { customerIs: 'known' }, inboundAnswered],
	[true, { customerIs: 'unknown' }, inboundAnswered, unknown],
	[true, { customerIs: 'unknown' }, inboundAnswered, created],
	[false, { customerIs: 'unknown' }, inboundAnswered, known],
	[false, { customerIs: 'unknown' }, inboundAnswered, skipped],
	[false, { customerIs: 'unknown' }, inboundAnswered],
	[true, { repeatWithinMinutes: 30 }, inboundAnswered, lastCallAt('2026-03-02T01:30:00Z')],
	[true, { repeatWithinMinutes: 30 }, inboundAnswered, lastCallAt('2026-03-02T09:45:00+08:00')],
	[false, { repeatWithinMinutes: 30 }, inboundAnswered, lastCallAt('2026-03-02T01:29:59Z')],
	[false, { repeatWithinMinutes: 30 }, inboundAnswered, lastCallAt('2026-03-02T02:00:00Z')],
	[false, { repeatWithinMinutes: 30 }, inboundAnswered, lastCallAt('2026-03-02T02:10:00Z')],
	[false, { repeatWithinMinutes: 30 }, inboundAnswered, lastCallAt(null)],
	[true, { dids: ['5503301'], queues: ['6700'] }, inboundAnswered],
	[false, { dids: ['5503301'], queues: ['6701'] }, inboundAnswered],
];

describe('the conditions of an exception', () => {
	it.each(cases.map(([matches, when, call, caller]) => ({ matches, when, call, caller })))(
		'$matches: $when',
		({ matches, when, call, caller }) => {
			const { exception, notes } = find(when, call, caller);
			expect(exception !== null).toBe(matches);
			expect(notes).toEqual([]);
		},
	);

	it('says when it cannot tell a repeat caller, for calls that it would concern', () => {
		expect(find({ repeatWithinMinutes: 30 }, inboundAnswered, known)).toEqual({
			exception: null,
			notes: [
				"The exception 'It' asks for repeat callers, but the item does not say when this one last called (lastCallAt)",
			],
		});
		expect(find({ repeatWithinMinutes: 30, dids: ['1'] }, inboundAnswered, known).notes).toEqual(
			[],
		);
	});
});
