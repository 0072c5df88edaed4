import { getEventListeners } from 'node:events';
import { range } from 'lodash';
import { createReadingBudget } from '../../../nodes/WeCom/events/readingBudget';
import { deferred, settled } from '../transport/deferred.mts';
import { steppedClock } from '../transport/steppedClock.mts';

const MINUTE_MS = 60_000;
const PLACES = 8;
const patient = () => new AbortController().signal;
const read = async () => await Promise.resolve('page');

it('lets eight readings a minute be made, the ninth a minute after the answer to the first', async () => {
	const clock = steppedClock();
	const budget = createReadingBudget(clock);
	const answers = range(PLACES + 1).map(() => deferred<string>());
	const begun: number[] = [];
	const readings = answers.map(async ({ promise }, number) =>
		budget.inTurn(patient(), async () => {
			begun.push(number);
			return await promise;
		}),
	);
	await settled();
	expect(begun).toEqual(range(PLACES));
	clock.advance(10 * MINUTE_MS);
	await settled();
	answers[3].resolve('page');
	await settled();
	clock.advance(MINUTE_MS - 1);
	await settled();
	expect(begun).toHaveLength(PLACES);
	clock.advance(1);
	await settled();
	expect(begun).toEqual(range(PLACES + 1));
	for (const { resolve } of answers) resolve('page');
	await Promise.all(readings);
});

it('lets go of who does not wait any more, without taking a place', async () => {
	const clock = steppedClock();
	const budget = createReadingBudget(clock);
	await Promise.all(range(PLACES).map(async () => await budget.inTurn(patient(), read)));
	const impatient = new AbortController();
	const given = budget.inTurn(impatient.signal, read);
	const next = budget.inTurn(patient(), read);
	impatient.abort(new Error('a token has come'));
	await expect(given).rejects.toThrow('a token has come');
	clock.advance(MINUTE_MS);
	expect(await next).toBe('page');
});

it.each(range(12))('loses no place to who leaves %i steps after he has come', async (steps) => {
	const clock = steppedClock();
	const budget = createReadingBudget(clock);
	for (let attempt = 1; attempt <= PLACES; attempt++) {
		const leaving = new AbortController();
		const reading = budget.inTurn(leaving.signal, read).catch(() => 'left');
		for (let step = 1; step <= steps; step++) await Promise.resolve();
		leaving.abort(new Error('left'));
		await reading;
		await settled();
		clock.advance(MINUTE_MS);
	}
	let answer = '';
	void budget.inTurn(patient(), read).then((page) => {
		answer = page;
	});
	await settled();
	expect(answer).toBe('page');
});

it('keeps nothing of a reading that is over', async () => {
	const budget = createReadingBudget(steppedClock());
	const { signal } = new AbortController();
	await budget.inTurn(signal, read);
	expect(getEventListeners(signal, 'abort')).toEqual([]);
});
