import { onceOnlyWriter, type OnceOnly } from '../../../nodes/transport/onceOnlyWriter';
import type { Clock } from '../../../nodes/transport/Clock';
import { ServiceError, type ServiceErrorKind } from '../../../nodes/transport/ServiceError';

const HOUR = 3_600_000;

let time: number;
let slept: number;
let written: string[];
let looks: number;
beforeEach(() => {
	time = 0;
	slept = 0;
	written = [];
	looks = 0;
});

const clock: Clock = {
	now: () => time,
	sleep: async (milliseconds) => {
		slept += milliseconds;
		time += milliseconds;
		await Promise.resolve();
	},
	random: () => 0,
};

const failure = (kind: ServiceErrorKind) =>
	new ServiceError({ service: 'Zoho CRM', kind, message: kind, advice: '' });

/** Each try in turn: carried out or not, and answered or not. */
function tries(...outcomes: Array<'ok' | 'lost' | 'notDone' | 'refused'>): OnceOnly<string> {
	let attempt = 0;
	return {
		clock,
		write: async () => {
			const outcome = outcomes[attempt++] ?? 'ok';
			if (outcome === 'ok' || outcome === 'lost') written.push(`id${written.length + 1}`);
			if (outcome === 'lost' || outcome === 'notDone') throw failure('interrupted');
			if (outcome === 'refused') throw failure('refused');
			return await Promise.resolve(written[written.length - 1]);
		},
		lookUp: async () => {
			looks++;
			return await Promise.resolve(written[0] ?? null);
		},
	};
}

it('writes once, and remembers', async () => {
	const writer = onceOnlyWriter<string>(HOUR, 10);
	expect(await writer.run('a', tries())).toEqual({ result: 'id1', how: 'written' });
	expect(await writer.run('a', tries())).toEqual({ result: 'id1', how: 'remembered' });
	expect(writer.remembered('a', time)).toBe('id1');
	expect([written.length, looks]).toEqual([1, 0]);
});

it('lets whoever comes at the same time wait for the first', async () => {
	const writer = onceOnlyWriter<string>(HOUR, 10);
	const outcomes = await Promise.all([1, 2, 3].map(async () => await writer.run('a', tries())));
	expect(outcomes.map(({ how }) => how)).toEqual(['written', 'remembered', 'remembered']);
	expect(written).toEqual(['id1']);
});

it('keeps keys apart', async () => {
	const writer = onceOnlyWriter<string>(HOUR, 10);
	await writer.run('a', tries());
	await writer.run('b', tries());
	expect(written).toEqual(['id1', 'id2']);
});

it('forgets after its time, and when it is told to', async () => {
	const writer = onceOnlyWriter<string>(HOUR, 10);
	await writer.run('a', tries());
	time += HOUR;
	expect(writer.remembered('a', time)).toBeUndefined();
	await writer.run('b', tries());
	writer.forget('b');
	expect(writer.remembered('b', time)).toBeUndefined();
});

it.each([
	[['lost'], 1, 1],
	[['notDone'], 1, 1],
	[['notDone', 'lost'], 1, 2],
	[['notDone', 'notDone'], 1, 2],
] as const)('looks before it repeats: %j', async (outcomes, records, expectedLooks) => {
	const writer = onceOnlyWriter<string>(HOUR, 10);
	expect(await writer.run('a', tries(...outcomes))).toEqual({ result: 'id1', how: 'written' });
	expect([written.length, looks]).toEqual([records, expectedLooks]);
	expect(slept).toBe(1_000 * expectedLooks);
});

it('gives up after three tries, and looks first in the next run', async () => {
	const writer = onceOnlyWriter<string>(HOUR, 10);
	const never = tries('notDone', 'notDone', 'notDone');
	await expect(writer.run('a', never)).rejects.toMatchObject({ kind: 'interrupted' });
	looks = 0;
	written.push('late');
	expect(await writer.run('a', tries())).toEqual({ result: 'late', how: 'found' });
	expect([written.length, looks]).toEqual([1, 1]);
});

it('looks first in the next run if it could not look', async () => {
	const writer = onceOnlyWriter<string>(HOUR, 10);
	const blind: OnceOnly<string> = {
		...tries('lost'),
		lookUp: async () => await Promise.reject(failure('limit')),
	};
	await expect(writer.run('a', blind)).rejects.toMatchObject({ kind: 'limit' });
	expect(await writer.run('a', tries())).toEqual({ result: 'id1', how: 'found' });
	expect(written).toEqual(['id1']);
});

it('repeats nothing that Zoho has refused, and does not look either', async () => {
	const writer = onceOnlyWriter<string>(HOUR, 10);
	await expect(writer.run('a', tries('refused'))).rejects.toMatchObject({ kind: 'refused' });
	expect(looks).toBe(0);
	expect(await writer.run('a', tries())).toEqual({ result: 'id1', how: 'written' });
});

it('looks first when it is told to', async () => {
	const writer = onceOnlyWriter<string>(HOUR, 10);
	written.push('earlier');
	expect(await writer.run('a', { ...tries(), lookFirst: true })).toEqual({
		result: 'earlier',
		how: 'found',
	});
});

it('looks also for what it remembers, and writes again what somebody has deleted', async () => {
	const writer = onceOnlyWriter<string>(HOUR, 10);
	await writer.run('a', tries());
	const repair: OnceOnly<string> = { ...tries(), lookFirst: true };
	expect(await writer.run('a', repair)).toEqual({ result: 'id1', how: 'found' });
	written = [];
	expect(await writer.run('a', repair)).toEqual({ result: 'id1', how: 'written' });
	expect([written.length, looks]).toEqual([1, 2]);
});
