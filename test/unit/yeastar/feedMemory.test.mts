import { createReportLedger, type FeedMemory } from '../../../nodes/Yeastar/events/feedMemory';

const START = Date.UTC(2026, 2, 2, 9);
const MINUTE = 60_000;
const at = (minutes: number) => START + minutes * MINUTE;
const iso = (minutes: number) => new Date(at(minutes)).toISOString();

/** A trigger that has reported everything until nine and was away until eleven. */
const memoryUntilNine = (): FeedMemory => ({ firstStartedAt: iso(-600), reportedUntil: iso(0) });

describe('what a trigger remembers of the calls it has reported', () => {
	it('does not pass a call that waits to be told', () => {
		const memory = memoryUntilNine();
		const ledger = createReportLedger(memory, at(120));
		const noteFirst = ledger.expect(['first'], at(10));
		ledger.expect(['second'], at(20));
		ledger.noteComparison(at(120), Infinity);
		expect(memory.reportedUntil).toBe(iso(10));
		noteFirst(at(120));
		ledger.noteComparison(at(125), Infinity);
		expect(memory).toMatchObject({ reportedUntil: iso(20), reported: { first: at(10) / 1_000 } });
	});

	it('counts a call as reported only when its execution is certainly stored', () => {
		const memory = memoryUntilNine();
		const ledger = createReportLedger(memory, at(120));
		ledger.expect(['call'], at(119))(at(120));
		ledger.noteComparison(at(120.5), Infinity);
		expect(memory).toMatchObject({ reportedUntil: iso(119), reported: {} });
		ledger.noteComparison(at(121), Infinity);
		expect(memory).toMatchObject({
			reportedUntil: iso(121),
			reported: { call: at(119) / 1_000 },
		});
	});

	it('does not pass a call that still runs', () => {
		const memory = memoryUntilNine();
		const ledger = createReportLedger(memory, at(120));
		ledger.noteComparison(at(120), at(100));
		expect(memory.reportedUntil).toBe(iso(100));
	});

	it('is written once for a burst of calls, and once more for a call some seconds later', () => {
		let written = 0;
		const memory = new Proxy(memoryUntilNine(), {
			set(target, name, value) {
				if (name === 'reported') written++;
				return Reflect.set(target, name, value);
			},
		});
		const ledger = createReportLedger(memory, at(120));
		for (let call = 0; call < 1_000; call++) ledger.expect([`${call}`], at(119))(at(120) + call);
		expect(written).toBe(1);
		ledger.expect(['later'], at(120))(at(120) + 5_000);
		expect(written).toBe(2);
	});

	it('takes in a burst that is larger than a function may have arguments', () => {
		const memory = memoryUntilNine();
		const ledger = createReportLedger(memory, at(120));
		for (let call = 0; call < 200_000; call++) ledger.expect([`${call}`], at(30) + call);
		ledger.noteComparison(at(120), Infinity);
		expect(memory.reportedUntil).toBe(iso(30));
	});
});
