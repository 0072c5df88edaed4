import { rememberedRefusals } from '../../../nodes/transport/rememberedRefusals';
import { ServiceError } from '../../../nodes/transport/ServiceError';

const wrongSecret = new ServiceError({
	service: 'Any',
	kind: 'credentials',
	message: 'Wrong secret',
	advice: 'Copy it again.',
});

describe('a refused login', () => {
	it('is remembered for its time and for its credential only', () => {
		const refusals = rememberedRefusals();
		refusals.remember('a', wrongSecret, 1_000, 0);
		expect(() => refusals.throwIfRefused('a', 999)).toThrow(wrongSecret);
		expect(() => refusals.throwIfRefused('b', 999)).not.toThrow();
		expect(() => refusals.throwIfRefused('a', 1_000)).not.toThrow();
	});

	it('is forgotten when a person asks, once it is old enough', () => {
		const refusals = rememberedRefusals();
		refusals.remember('a', wrongSecret, 1_000, 0);
		refusals.forget('a', 500, 499);
		expect(() => refusals.throwIfRefused('a', 499)).toThrow(wrongSecret);
		refusals.forget('a', 500, 500);
		expect(() => refusals.throwIfRefused('a', 500)).not.toThrow();
	});

	it('that may be tried again at once does not lift an earlier one', () => {
		const refusals = rememberedRefusals();
		refusals.remember('a', wrongSecret, 1_000, 0);
		refusals.remember('a', wrongSecret, 0, 10);
		expect(() => refusals.throwIfRefused('a', 20)).toThrow(wrongSecret);
	});
});
