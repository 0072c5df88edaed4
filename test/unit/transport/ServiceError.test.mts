import {
	insteadOf,
	ServiceError,
	type ServiceErrorKind,
} from '../../../nodes/transport/ServiceError';

const failure = (kind: ServiceErrorKind) =>
	new ServiceError({ service: 'PBX', kind, message: kind, advice: 'advice' });

describe('ServiceError', () => {
	it.each<[ServiceErrorKind, boolean]>([
		['interrupted', true],
		['unavailable', true],
		['invalidAnswer', true],
		['unreachable', false],
		['credentials', false],
		['permission', false],
		['limit', false],
		['refused', false],
		['notFound', false],
	])('a write that ended in %s may have been carried out: %s', (kind, expected) => {
		expect(failure(kind).mayHaveBeenCarriedOut).toBe(expected);
	});

	it('is passing unless it says otherwise', () => {
		expect(failure('unreachable').isLasting).toBe(false);
	});
});

describe('insteadOf', () => {
	const orEmpty = insteadOf(['notFound', 'refused'], 'empty');

	it.each<ServiceErrorKind>(['notFound', 'refused'])('gives the value for %s', (kind) => {
		expect(orEmpty(failure(kind))).toBe('empty');
	});

	it.each([failure('permission'), new Error('a slip of our own'), 'text'])(
		'passes on %s',
		async (error) => {
			await expect(Promise.reject(error as Error).catch(orEmpty)).rejects.toBe(error);
		},
	);
});
