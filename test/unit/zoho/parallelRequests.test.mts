import { parallelRequestsOf } from '../../../nodes/Zoho/transport/crmEditions';
import { createParallelRequests } from '../../../nodes/Zoho/transport/parallelRequests';
import { ServiceError } from '../../../nodes/transport/ServiceError';
import { deferred, settled } from '../transport/deferred.mts';
import { manualClock } from '../transport/manualClock.mts';

const HOUR = 3_600_000;
const tooMany = new ServiceError({
	service: 'Zoho CRM',
	kind: 'limit',
	message: 'Too many requests',
	advice: 'Wait a little.',
	httpStatus: 429,
});

/** Requests to one organisation that stay open until a test answers them. */
function organization({ askLimit }: { askLimit?: () => Promise<number> } = {}) {
	const parallel = createParallelRequests();
	const clock = manualClock();
	const open: Array<ReturnType<typeof deferred<void>>> = [];
	const send = async (count: number, places = 1) => {
		for (let sent = 0; sent < count; sent++) {
			const request = { organizationKey: 'Beispiel AG', clock, places, askLimit };
			void parallel
				.inTurn(
					request,
					async () =>
						await parallel.send(request, async () => {
							const answer = deferred<void>();
							open.push(answer);
							await answer.promise;
						}),
				)
				.catch(() => undefined);
		}
		await settled();
	};
	const answer = async (count: number, error?: Error) => {
		for (const each of open.splice(0, count)) {
			if (error) each.reject(error);
			else each.resolve();
		}
		await settled();
	};
	const isAllAnswered = async () => {
		while (open.length > 0) await answer(open.length);
	};
	return { clock, open, send, answer, isAllAnswered };
}

describe('createParallelRequests', () => {
	it('asks for the limit when a request would have to wait, and not before', async () => {
		const askLimit = jest.fn(async () => await Promise.resolve(10));
		const { open, send, answer } = organization({ askLimit });
		await send(4);
		expect(askLimit).not.toHaveBeenCalled();
		await send(16);
		expect(askLimit).toHaveBeenCalledTimes(1);
		await answer(1);
		expect(open).toHaveLength(10);
	});

	it('asks again after an hour', async () => {
		const askLimit = jest.fn(async () => await Promise.resolve(10));
		const { clock, send, isAllAnswered } = organization({ askLimit });
		for (const [passes, asked] of [
			[0, 1],
			[HOUR - 1, 1],
			[1, 2],
		]) {
			clock.pass(passes);
			await send(20);
			expect(askLimit).toHaveBeenCalledTimes(asked);
			await isAllAnswered();
		}
	});

	it.each([
		['nobody can be asked', undefined],
		['the question is refused', async () => await Promise.reject(tooMany)],
		['the answer is less', async () => await Promise.resolve(0)],
	])('keeps to four when %s', async (_, askLimit) => {
		const { open, send, answer } = organization({ askLimit });
		await send(12);
		await answer(4);
		expect(open).toHaveLength(4);
	});

	it('lets a composite request run alone where there are four places', async () => {
		const { open, send, answer } = organization();
		await send(1);
		await send(1, 5);
		await send(1);
		expect(open).toHaveLength(1);
		for (let sent = 0; sent < 2; sent++) {
			await answer(1);
			expect(open).toHaveLength(1);
		}
	});

	it('halves the limit once for all that were too many together, and for an hour', async () => {
		const askLimit = jest.fn(async () => await Promise.resolve(20));
		const { clock, open, send, answer, isAllAnswered } = organization({ askLimit });
		await send(60);
		await answer(1);
		expect(open).toHaveLength(20);
		await answer(20, tooMany);
		expect(open).toHaveLength(10);
		await isAllAnswered();

		await send(30);
		expect(open).toHaveLength(10);
		await isAllAnswered();
		clock.pass(HOUR);
		await send(60);
		await answer(1);
		expect(open).toHaveLength(20);
	});

	it('never goes below four', async () => {
		const { open, send, answer } = organization();
		await send(20);
		await answer(4, tooMany);
		await answer(4, tooMany);
		expect(open).toHaveLength(4);
	});

	it('is not impressed by other errors', async () => {
		const { open, send, answer } = organization({
			askLimit: async () => await Promise.resolve(10),
		});
		await send(40);
		await answer(1);
		await answer(10, new Error('cut off'));
		expect(open).toHaveLength(10);
	});
});

describe('parallelRequestsOf', () => {
	const answerOf = (paid_type: string) => ({ org: [{ license_details: { paid_type } }] });

	it.each([
		['free', 4],
		['standard', 10],
		['professional', 15],
		['Enterprise', 20],
		['ultimate', 20],
		['of tomorrow', 4],
		['constructor', 4],
	])('%s: %d', (edition, expected) => {
		expect(parallelRequestsOf(answerOf(edition))).toBe(expected);
	});

	it.each([undefined, {}, { org: [] }, { org: [{}] }])('few for %j', (answer) => {
		expect(parallelRequestsOf(answer)).toBe(4);
	});
});
