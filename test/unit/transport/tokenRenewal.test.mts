import { concurrencyLimit } from '../../../nodes/transport/concurrency';
import { ServiceError, type ServiceErrorFacts } from '../../../nodes/transport/ServiceError';
import { withTokenRenewal } from '../../../nodes/transport/tokenRenewal';
import { settled } from './deferred.mts';
import { fakeClock } from './fakeClock.mts';

const failure = (facts: Partial<ServiceErrorFacts>) =>
	new ServiceError({
		service: 'Zoho CRM',
		kind: 'credentials',
		message: facts.code ?? facts.kind ?? 'refused',
		advice: 'advice',
		...facts,
	});
const tokenRefused = failure({ httpStatus: 401, code: 'INVALID_TOKEN' });
const isTokenRefused = (error: unknown) =>
	error instanceof ServiceError && error.code === 'INVALID_TOKEN';

let credentials = 0;

/** A credential whose requests are answered by `answer`; `sent` tells which of them could renew the token. */
function credential(answer: (renewsToken: boolean) => unknown) {
	const clock = fakeClock();
	const key = `credential ${++credentials}`;
	const sent: boolean[] = [];
	const inTurn = concurrencyLimit(4);
	const ask = async () =>
		await withTokenRenewal({
			key,
			clock,
			isTokenRefused,
			inTurn: async (work) => await inTurn(key, work),
			send: async (renewsToken) => {
				sent.push(renewsToken);
				const given = await Promise.resolve(answer(renewsToken));
				if (given instanceof Error) throw given;
				return given;
			},
		});
	return { clock, sent, ask, renewals: () => sent.filter(Boolean).length };
}

describe('withTokenRenewal', () => {
	it('renews nothing while the token is accepted', async () => {
		const { ask, sent } = credential(() => 'answer');
		await expect(ask()).resolves.toBe('answer');
		expect(sent).toEqual([false]);
	});

	it.each([
		failure({ kind: 'permission', httpStatus: 401, code: 'OAUTH_SCOPE_MISMATCH' }),
		failure({ kind: 'limit', httpStatus: 429 }),
		failure({ kind: 'interrupted' }),
		new Error('a slip of our own'),
	])('does not renew because of: %s', async (error) => {
		const { ask, sent } = credential(() => error);
		await expect(ask()).rejects.toBe(error);
		expect(sent).toEqual([false]);
	});

	it('renews once for all who were refused at the same time', async () => {
		let token = 'old';
		let renewals = 0;
		const { ask, sent } = credential((renewsToken) => {
			if (token === 'new') return 'answer';
			if (!renewsToken) return tokenRefused;
			renewals++;
			token = 'new';
			return 'answer';
		});
		await expect(Promise.all(Array.from({ length: 20 }, ask))).resolves.toEqual(
			Array<string>(20).fill('answer'),
		);
		expect(renewals).toBe(1);
		// Four were on their way; those behind them wait for the new token instead of being refused, too.
		expect(sent).toHaveLength(4 + 20);
		expect(sent.slice(0, 5)).toEqual([false, false, false, false, true]);
	});

	it('lets those who waited go side by side with the new token', async () => {
		let isRenewed = false;
		let underWay = 0;
		let most = 0;
		const { ask } = credential(async (renewsToken) => {
			underWay++;
			await settled();
			most = isRenewed ? Math.max(most, underWay) : 0;
			underWay--;
			if (!isRenewed && !renewsToken) return tokenRefused;
			isRenewed = true;
			return 'answer';
		});
		await Promise.all(Array.from({ length: 20 }, ask));
		expect(most).toBe(4);
	});

	it.each<[string, ServiceError, number]>([
		['a renewal that does not help', tokenRefused, 2 * 60_000],
		['a revoked connection', failure({ kind: 'credentials' }), 2 * 60_000],
		['throttled renewals', failure({ kind: 'limit', retryAfterMs: 600_000 }), 600_000],
	])('pauses after %s', async (_what, outcome, pauseMs) => {
		const { ask, clock, renewals } = credential((renewsToken) =>
			renewsToken ? outcome : tokenRefused,
		);
		for (let item = 0; item < 50; item++) await expect(ask()).rejects.toBe(outcome);
		expect(renewals()).toBe(1);
		await clock.sleep(pauseMs - 1);
		await expect(ask()).rejects.toBe(outcome);
		expect(renewals()).toBe(1);
		await clock.sleep(1);
		await expect(ask()).rejects.toBe(outcome);
		expect(renewals()).toBe(2);
	});

	it('takes a token that somebody else has renewed meanwhile, also during the pause', async () => {
		let isRenewedElsewhere = false;
		const { ask, renewals } = credential(() => (isRenewedElsewhere ? 'answer' : tokenRefused));
		await expect(ask()).rejects.toBe(tokenRefused);
		await expect(ask()).rejects.toBe(tokenRefused);
		isRenewedElsewhere = true;
		await expect(ask()).resolves.toBe('answer');
		expect(renewals()).toBe(1);
	});

	it.each([
		failure({ kind: 'unreachable' }),
		failure({ kind: 'unavailable', httpStatus: 503 }),
		failure({ kind: 'limit', httpStatus: 429, retryAfterMs: 5_000 }),
	])('does not pause after %s, which tells nothing about the connection', async (error) => {
		const { ask, renewals } = credential((renewsToken) => (renewsToken ? error : tokenRefused));
		await expect(ask()).rejects.toBe(error);
		await expect(ask()).rejects.toBe(error);
		expect(renewals()).toBe(2);
	});
});
