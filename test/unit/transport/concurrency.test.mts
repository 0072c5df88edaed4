import { concurrencyLimit, createPlaces } from '../../../nodes/transport/concurrency';
import { deferred, settled } from './deferred.mts';

/** Work whose end a test decides; `running` tells what has begun and not ended. */
function pieces() {
	const running: string[] = [];
	const ends = new Map<string, ReturnType<typeof deferred<string>>>();
	const work = (name: string) => async () => {
		const end = deferred<string>();
		ends.set(name, end);
		running.push(name);
		return await end.promise.finally(() => running.splice(running.indexOf(name), 1));
	};
	return { running, work, end: (name: string) => ends.get(name) };
}

describe('concurrencyLimit', () => {
	it('starts no more than the limit, and the others in turn', async () => {
		const inTurn = concurrencyLimit(2);
		const { running, work, end } = pieces();
		const all = ['a', 'b', 'c', 'd'].map(async (name) => await inTurn('PBX', work(name)));
		await settled();
		expect(running).toEqual(['a', 'b']);
		end('b')?.resolve('B');
		await settled();
		expect(running).toEqual(['a', 'c']);
		for (const name of ['a', 'c']) end(name)?.resolve(name.toUpperCase());
		await settled();
		end('d')?.resolve('D');
		await expect(Promise.all(all)).resolves.toEqual(['A', 'B', 'C', 'D']);
	});

	it('gives the place of a piece that failed to the next', async () => {
		const inTurn = concurrencyLimit(1);
		const { running, work, end } = pieces();
		const failing = inTurn('PBX', work('a'));
		const waiting = inTurn('PBX', work('b'));
		await settled();
		end('a')?.reject(new Error('cut off'));
		await expect(failing).rejects.toThrow('cut off');
		await settled();
		expect(running).toEqual(['b']);
		end('b')?.resolve('B');
		await expect(waiting).resolves.toBe('B');
	});

	it('counts each key by itself, and from zero when all is done', async () => {
		const inTurn = concurrencyLimit(1);
		const { running, work, end } = pieces();
		const first = [inTurn('one PBX', work('a')), inTurn('another', work('b'))];
		await settled();
		expect(running).toEqual(['a', 'b']);
		for (const name of running.slice()) end(name)?.resolve('');
		await Promise.all(first);
		const later = inTurn('one PBX', work('c'));
		await settled();
		expect(running).toEqual(['c']);
		end('c')?.resolve('C');
		await expect(later).resolves.toBe('C');
	});

	it('lets work that takes all places run alone, in its turn', async () => {
		const inTurn = concurrencyLimit(4);
		const { running, work, end } = pieces();
		const all = [
			inTurn('Zoho', work('read 1')),
			inTurn('Zoho', work('read 2')),
			inTurn('Zoho', work('search'), 4),
			inTurn('Zoho', work('read 3')),
		];
		await settled();
		expect(running).toEqual(['read 1', 'read 2']);
		end('read 1')?.resolve('');
		await settled();
		expect(running).toEqual(['read 2']);
		end('read 2')?.resolve('');
		await settled();
		expect(running).toEqual(['search']);
		end('search')?.resolve('');
		await settled();
		expect(running).toEqual(['read 3']);
		end('read 3')?.resolve('');
		await Promise.all(all);
	});

	it('lets work that wants more places than there are run all the same', async () => {
		const inTurn = concurrencyLimit(2);
		await expect(inTurn('Zoho', async () => await Promise.resolve('done'), 5)).resolves.toBe(
			'done',
		);
	});
});

describe('createPlaces', () => {
	it('tells whether work would have to wait', async () => {
		const { inTurn, areTaken } = createPlaces(() => 2);
		const { work, end } = pieces();
		expect(areTaken('Zoho')).toBe(false);
		const first = inTurn('Zoho', work('a'));
		await settled();
		expect([areTaken('Zoho'), areTaken('Zoho', 2), areTaken('Desk', 2)]).toEqual([
			false,
			true,
			false,
		]);
		const search = inTurn('Zoho', work('search'), 2);
		await settled();
		// There is a place, but nobody overtakes.
		expect(areTaken('Zoho')).toBe(true);
		end('a')?.resolve('');
		await settled();
		end('search')?.resolve('');
		await Promise.all([first, search]);
		expect(areTaken('Zoho', 2)).toBe(false);
	});

	it('follows a limit that changes', async () => {
		let limit = 1;
		const { inTurn } = createPlaces(() => limit);
		const { running, work, end } = pieces();
		const all = ['a', 'b', 'c', 'd', 'e'].map(async (name) => await inTurn('Zoho', work(name)));
		await settled();
		limit = 3;
		end('a')?.resolve('');
		await settled();
		expect(running).toEqual(['b', 'c', 'd']);
		limit = 1;
		end('b')?.resolve('');
		end('c')?.resolve('');
		await settled();
		expect(running).toEqual(['d']);
		end('d')?.resolve('');
		await settled();
		end('e')?.resolve('');
		await Promise.all(all);
	});
});
