import { EMPTY_DIRECTORY, type NumberDirectory } from '../../../nodes/call/NumberDirectory';
import { directoryKeeper } from '../../../nodes/Yeastar/events/webhookDirectory';
import { steppedClock } from '../transport/steppedClock.mts';

const MINUTE_MS = 60_000;
const named = (name: string): NumberDirectory => ({
	...EMPTY_DIRECTORY,
	extensions: new Map([['1001', { name, email: null }]]),
});

/** A PBX whose answers the test decides; it counts how often it is asked. */
function pbx() {
	const clock = steppedClock();
	const directoryAt = directoryKeeper(clock);
	const state = {
		clock,
		asked: 0,
		problems: [] as unknown[],
		answer: async () => await Promise.resolve(named('Amina')),
		read: async () =>
			await directoryAt(
				'key',
				async () => {
					state.asked++;
					return await state.answer();
				},
				(error) => state.problems.push(error),
			),
	};
	return state;
}
const unreachable = async () => await Promise.reject(new Error('cannot be reached'));

describe('the directory of a PBX that pushes', () => {
	it('is read once in 15 minutes, also by requests at the same time', async () => {
		const at = pbx();
		await Promise.all([at.read(), at.read()]);
		at.clock.advance(14 * MINUTE_MS);
		expect(await at.read()).toEqual(named('Amina'));
		expect(at.asked).toBe(1);
		at.clock.advance(2 * MINUTE_MS);
		at.answer = async () => await Promise.resolve(named('Ben'));
		expect(await at.read()).toEqual(named('Ben'));
		expect(at.asked).toBe(2);
	});

	it('is empty when the PBX cannot be reached, which is tried again after a minute', async () => {
		const at = pbx();
		at.answer = unreachable;
		expect(await at.read()).toBe(EMPTY_DIRECTORY);
		expect(await at.read()).toBe(EMPTY_DIRECTORY);
		expect(at.asked).toBe(1);
		expect(at.problems).toHaveLength(1);
		at.clock.advance(MINUTE_MS);
		await at.read();
		expect(at.asked).toBe(2);
	});

	it('is the last one known when the PBX can no longer be reached', async () => {
		const at = pbx();
		await at.read();
		at.clock.advance(20 * MINUTE_MS);
		at.answer = unreachable;
		expect(await at.read()).toEqual(named('Amina'));
	});

	it('is not waited for when the PBX does not answer', async () => {
		const at = pbx();
		at.answer = async () => await new Promise<NumberDirectory>(() => undefined);
		const reading = at.read();
		while (at.clock.sleepers === 0) await Promise.resolve();
		at.clock.advance(5_000);
		expect(await reading).toBe(EMPTY_DIRECTORY);
	});
});
