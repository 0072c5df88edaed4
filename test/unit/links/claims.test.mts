import fc from 'fast-check';
import { createClaims } from '../../../nodes/links/claims';

const NOW = 1_790_000_000_000;
const wish = { key: '1001 +8675526601234', seconds: 10, user: 'anna@example.com', perMinute: 3 };

it('of many equal claims the first one acts, until its time is over', () => {
	const claims = createClaims();
	const outcomes = [0, 1, 9_999, 10_000, 10_001].map(
		(after) => claims.claim(wish, NOW + after).outcome,
	);
	expect(outcomes).toEqual(['first', 'again', 'again', 'first', 'again']);
});

it('says when the same claim would be the first', () => {
	const claims = createClaims();
	claims.claim(wish, NOW);
	expect(claims.claim(wish, NOW + 500).freeAt).toBe(NOW + 10_000);
});

it('keeps the claims of different keys apart', () => {
	const claims = createClaims();
	claims.claim(wish, NOW);
	expect(claims.claim({ ...wish, key: '1002 +8675526601234' }, NOW).outcome).toBe('first');
});

it('a user who has claimed enough has to wait until a minute is over since the first of them', () => {
	const claims = createClaims();
	const of = (number: number, after: number) =>
		claims.claim({ ...wish, key: `1001 ${number}` }, NOW + after);
	expect([of(1, 0), of(2, 1000), of(3, 2000)].map(({ outcome }) => outcome)).toEqual([
		'first',
		'first',
		'first',
	]);
	expect(of(4, 3000)).toEqual({ outcome: 'tooMany', freeAt: NOW + 60_000 });
	expect(claims.claim({ ...wish, key: '1002 4', user: 'ben' }, NOW + 3000).outcome).toBe('first');
	expect(of(4, 60_000).outcome).toBe('first');
	expect(of(5, 60_500).outcome).toBe('tooMany');
});

it('a claim that is repeated does not count', () => {
	const claims = createClaims();
	for (let after = 0; after < 9; after++) claims.claim(wish, NOW + after);
	expect(claims.claim({ ...wish, key: 'other' }, NOW + 10).outcome).toBe('first');
});

it('without a limit a user claims as often as he likes', () => {
	const claims = createClaims();
	const outcomes = Array.from({ length: 100 }, (_, number) =>
		claims.claim({ ...wish, key: String(number), perMinute: 0 }, NOW),
	).map(({ outcome }) => outcome);
	expect(new Set(outcomes)).toEqual(new Set(['first']));
});

it('forgets the oldest first where there are too many', () => {
	const claims = createClaims(3);
	const of = (key: string) => claims.claim({ ...wish, key, perMinute: 0 }, NOW).outcome;
	for (const key of ['a', 'b', 'c', 'd']) of(key);
	expect(of('d')).toBe('again');
	expect(of('a')).toBe('first');
});

it('whatever comes in whatever order, no key acts twice within its time', () => {
	const anyClaims = fc.array(
		fc.record({
			key: fc.constantFrom('a', 'b', 'c'),
			pause: fc.integer({ min: 0, max: 8_000 }),
			user: fc.constantFrom('anna', 'ben'),
		}),
		{ maxLength: 60 },
	);
	fc.assert(
		fc.property(anyClaims, (requests) => {
			const claims = createClaims();
			const actedAt = new Map<string, number>();
			let now = NOW;
			for (const { key, pause, user } of requests) {
				now += pause;
				if (claims.claim({ ...wish, key, user }, now).outcome !== 'first') continue;
				expect(now - (actedAt.get(key) ?? 0)).toBeGreaterThanOrEqual(10_000);
				actedAt.set(key, now);
			}
		}),
	);
});
