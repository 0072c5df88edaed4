import { createEndedCalls } from '../../../nodes/Yeastar/events/endedCalls';
import { createReportLedger } from '../../../nodes/Yeastar/events/feedMemory';
import type { Call } from '../../../nodes/call/Call';
import { deferred, settled } from '../transport/deferred.mts';
import { steppedClock } from '../transport/steppedClock.mts';
import { aCall } from '../zoho-caller/aCall.mts';

/** Calls that have just ended, and the executions that have been started for them. */
function endedCalls() {
	const clock = steppedClock();
	const problems: unknown[] = [];
	const told: string[] = [];
	const executions = new Map<string, ReturnType<typeof deferred<void>>>();
	const memory = {};
	const calls = createEndedCalls(createReportLedger(memory, clock.now()), clock, {
		isAskedFor: ({ direction }) => direction !== 'internal',
		async onEndedCall({ callId }) {
			told.push(callId);
			const execution = deferred<void>();
			executions.set(callId, execution);
			await execution.promise;
		},
		onPassingProblem: (problem) => problems.push(problem),
	});
	return {
		calls,
		clock,
		memory,
		problems,
		told,
		async report(callId: string, changes: Partial<Call> = {}) {
			const now = new Date(clock.now()).toISOString();
			calls.report(aCall({ callId, startedAt: now, endedAt: now, ...changes }), [callId]);
			await settled();
		},
		async end(callId: string) {
			executions.get(callId)?.resolve();
			await settled();
		},
		async fail(callId: string) {
			executions.get(callId)?.reject(new Error(`${callId} failed`));
			await settled();
		},
	};
}

const customer = (number: string, e164: string | null = null) => ({ number, e164, name: '' });

describe('calls that have just ended', () => {
	it('are dealt with at the same time if they are of several customers', async () => {
		const { report, told } = endedCalls();
		await report('one', { customer: customer('075526601234') });
		await report('other', { customer: customer('075526609999') });
		expect(told).toEqual(['one', 'other']);
	});

	// Two workers of n8n know nothing of each other, and Zoho finds a new record only after a while: both would create one.
	it('are dealt with one after the other if they are of one customer, however the number is written', async () => {
		const { report, end, told } = endedCalls();
		await report('one', { customer: customer('075526601234', '+8675526601234') });
		await report('other', { customer: customer('8675526601234', '+8675526601234') });
		expect(told).toEqual(['one']);
		await end('one');
		expect(told).toEqual(['one', 'other']);
	});

	it('are dealt with twenty at a time, the others in the order in which they came', async () => {
		const { report, end, told } = endedCalls();
		const ids = Array.from({ length: 22 }, (_, n) => `call ${n}`);
		for (const [n, id] of ids.entries()) {
			await report(id, { customer: customer(`07552660${1000 + n}`) });
		}
		expect(told).toEqual(ids.slice(0, 20));
		await end('call 7');
		expect(told).toEqual(ids.slice(0, 21));
	});

	it('wait for each other no longer than half a minute', async () => {
		const { report, clock, told } = endedCalls();
		await report('hangs');
		await report('next');
		clock.advance(30_000);
		await settled();
		expect(told).toEqual(['hangs', 'next']);
	});

	it('of anonymous callers do not wait: nobody knows whether they are one person', async () => {
		const { report, told } = endedCalls();
		const anonymous = { anonymous: true, customer: customer('') };
		await report('one', anonymous);
		await report('other', anonymous);
		expect(told).toEqual(['one', 'other']);
	});

	it('are told no more once the trigger is switched off, and are made up for at the next start', async () => {
		const { calls, report, end, told, memory } = endedCalls();
		await report('one');
		await report('waits');
		calls.close();
		await end('one');
		expect(told).toEqual(['one']);
		expect(JSON.stringify(memory)).not.toContain('waits');
	});

	it('cost no other call when one cannot be told', async () => {
		const { report, told, problems, clock } = endedCalls();
		const calls = createEndedCalls(createReportLedger({}, clock.now()), clock, {
			isAskedFor: () => true,
			async onEndedCall({ callId }) {
				if (callId === 'broken') return await Promise.reject(new Error('cannot be told'));
				told.push(callId);
			},
			onPassingProblem: (problem) => problems.push(problem),
		});
		const now = new Date(clock.now()).toISOString();
		for (const callId of ['broken', 'fine']) {
			calls.report(aCall({ callId, startedAt: now, endedAt: now }), [callId]);
		}
		await settled();
		expect(problems).toEqual([new Error('cannot be told')]);
		expect(told).toEqual(['fine']);
		await report('unrelated');
	});

	it('for which nobody asks are passed over, and remembered as dealt with', async () => {
		const { report, told, memory, clock } = endedCalls();
		await report('internal', { direction: 'internal' });
		clock.advance(61_000);
		await report('asked for');
		expect(told).toEqual(['asked for']);
		expect(JSON.stringify(memory)).toContain('internal');
	});
});

describe('calls that ended more than a minute ago', () => {
	it('are told one by one, and wait for one that hangs no longer than half a minute', async () => {
		const { report, end, clock, told } = endedCalls();
		const endedAt = new Date(clock.now() - 61_000).toISOString();
		const of = (number: string) => ({ endedAt, customer: customer(number) });
		await report('first', of('075526601111'));
		await report('hangs', of('075526602222'));
		await report('next', of('075526603333'));
		expect(told).toEqual(['first']);
		await end('first');
		clock.advance(29_999);
		await settled();
		expect(told).toEqual(['first', 'hangs']);
		clock.advance(1);
		await settled();
		expect(told).toEqual(['first', 'hangs', 'next']);
		await end('next');
		expect(clock.sleepers).toBe(0);
	});

	it('are told after one that failed, also if it fails when nobody waits for it any more', async () => {
		const { report, fail, clock, problems, told } = endedCalls();
		const endedAt = new Date(clock.now() - 61_000).toISOString();
		for (const [callId, number] of [
			['fails', '075526601111'],
			['fails late', '075526602222'],
			['next', '075526603333'],
		]) {
			await report(callId, { endedAt, customer: customer(number) });
		}
		await fail('fails');
		expect(problems).toEqual([new Error('fails failed')]);
		clock.advance(30_000);
		await settled();
		await fail('fails late');
		expect(told).toEqual(['fails', 'fails late', 'next']);
		expect(problems).toHaveLength(1);
	});
});
