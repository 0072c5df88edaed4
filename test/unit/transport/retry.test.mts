import fc from 'fast-check';
import { DEFAULT_RETRY_POLICY, delayBefore, withRetry } from '../../../nodes/transport/retry';
import {
	ServiceError,
	type ServiceErrorFacts,
	type ServiceErrorKind,
} from '../../../nodes/transport/ServiceError';
import { fakeClock } from './fakeClock.mts';

const failure = (kind: ServiceErrorKind, facts: Partial<ServiceErrorFacts> = {}) =>
	new ServiceError({ service: 'PBX', kind, message: kind, advice: 'advice', ...facts });

/** How often a request is sent that always ends in this error. */
async function triesOf(kind: 'read' | 'write', error: unknown) {
	const clock = fakeClock();
	let tries = 0;
	const outcome = withRetry(kind, clock, async () => {
		tries++;
		throw await Promise.resolve(error);
	});
	await expect(outcome).rejects.toBe(error);
	return { tries, waits: clock.waits };
}

describe('withRetry', () => {
	it.each<[ServiceErrorKind, number, number]>([
		// kind, tries of a read, tries of a write
		['unreachable', 5, 5],
		['limit', 5, 5],
		['interrupted', 5, 1],
		['unavailable', 5, 1],
		['invalidAnswer', 1, 1],
		['credentials', 1, 1],
		['permission', 1, 1],
		['refused', 1, 1],
		['notFound', 1, 1],
	])('%s: a read is sent %d times, a write %d times', async (kind, ofRead, ofWrite) => {
		expect((await triesOf('read', failure(kind))).tries).toBe(ofRead);
		expect((await triesOf('write', failure(kind))).tries).toBe(ofWrite);
	});

	it('waits 1, 2, 4 and 8 seconds at most', async () => {
		const { waits } = await triesOf('read', failure('unavailable'));
		expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
	});

	it.each([
		['what only a person can change', failure('unreachable', { isLasting: true })],
		['what the service wants repeated in an hour', failure('limit', { retryAfterMs: 3_600_000 })],
		['what is no answer of a service', new Error('a slip of our own')],
		['what is no error at all', 'text'],
	])('does not repeat %s', async (_what, error) => {
		expect(await triesOf('read', error)).toEqual({ tries: 1, waits: [] });
		expect(await triesOf('write', error)).toEqual({ tries: 1, waits: [] });
	});

	it('waits as long as the service asks, up to a minute', async () => {
		const { waits } = await triesOf('write', failure('limit', { retryAfterMs: 60_000 }));
		expect(waits).toEqual([60_000, 60_000, 60_000, 60_000]);
	});

	it('gives the first answer that comes', async () => {
		const clock = fakeClock();
		let tries = 0;
		const answer = await withRetry('read', clock, async () => {
			if (++tries < 3) throw await Promise.resolve(failure('interrupted'));
			return undefined;
		});
		expect(answer).toBeUndefined();
		expect({ tries, waits: clock.waits }).toEqual({ tries: 3, waits: [1_000, 2_000] });
	});
});

describe('delayBefore', () => {
	const policy = DEFAULT_RETRY_POLICY;
	const tries = fc.integer({ min: 1, max: 60 });
	const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

	it('lies between half and the whole of the back-off, however often it was tried', () => {
		fc.assert(
			fc.property(tries, chance, (nth, random) => {
				const ceiling = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (nth - 1));
				const delay = delayBefore(nth, policy, { random: () => random });
				return delay >= ceiling / 2 && delay <= ceiling;
			}),
		);
	});

	it('is never shorter than the service asked for', () => {
		fc.assert(
			fc.property(tries, chance, fc.nat(120_000), (nth, random, asked) => {
				return delayBefore(nth, policy, { random: () => random }, asked) >= asked;
			}),
		);
	});
});
