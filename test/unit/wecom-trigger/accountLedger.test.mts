import fc from 'fast-check';
import {
	createAccountLedger,
	type AccountLedger,
	type LedgerEntry,
} from '../../../nodes/WeCom/events/accountLedger';
import type { AccountMemory } from '../../../nodes/WeCom/events/triggerMemory';

/** A log of messages `0`, `1`, …; the cursor is the place of the next one. */
function page(ledger: AccountLedger, logLength: number, size: number): LedgerEntry[] {
	const from = Number(ledger.readCursor() ?? 0);
	const to = Math.min(from + size, logLength);
	const ids = Array.from({ length: to - from }, (_each, index) => String(from + index));
	const entries = ledger.takePage(ids, String(to));
	if (to === logLength) ledger.noteCaughtUp();
	return entries;
}

const asStored = (memory: AccountMemory) => JSON.parse(JSON.stringify(memory)) as AccountMemory;

describe('the cursor', () => {
	it('moves past a page only when all its messages have been dealt with', () => {
		const ledger = createAccountLedger();
		page(ledger, 4, 2);
		page(ledger, 4, 2);
		ledger.start({ messageId: '0', attempt: 1 });
		ledger.finish('0');
		ledger.start({ messageId: '3', attempt: 1 });
		ledger.finish('3');
		expect(ledger.remembered()).toEqual({ finished: ['0', '3'], started: {} });
		ledger.finish('1');
		expect(ledger.remembered()).toEqual({ cursor: '2', finished: ['3'], started: {} });
		ledger.finish('2');
		expect(ledger.remembered()).toEqual({ cursor: '4', finished: [], started: {} });
	});

	it('stays where it is when WeCom gives none', () => {
		const ledger = createAccountLedger({ cursor: 'c' });
		ledger.takePage([], '');
		expect(ledger.remembered()).toMatchObject({ cursor: 'c' });
	});
});

describe('a message', () => {
	it('that comes in two pages is dealt with once', () => {
		const ledger = createAccountLedger();
		expect(ledger.takePage(['a', 'b'], 'c1')).toHaveLength(2);
		expect(ledger.takePage(['b', 'c'], 'c2').map(({ messageId }) => messageId)).toEqual(['c']);
		for (const id of ['a', 'b', 'c']) ledger.finish(id);
		expect(ledger.takePage(['a', 'c'], 'c3')).toEqual([]);
		expect(ledger.remembered()).toEqual({ cursor: 'c3', finished: [], started: {} });
	});

	it('that WeCom has no more after a restart is forgotten', () => {
		const ledger = createAccountLedger({ cursor: 'c', finished: ['a'], started: { b: 1 } });
		ledger.takePage([], 'c2');
		ledger.noteCaughtUp();
		expect(ledger.remembered()).toEqual({ cursor: 'c2', finished: [], started: {} });
	});

	it('whose execution outlives a publication is not given again', () => {
		const ledger = createAccountLedger();
		page(ledger, 3, 3);
		ledger.start({ messageId: '0', attempt: 1 });
		ledger.dropWaiting();
		expect(page(ledger, 3, 3)).toEqual([
			{ messageId: '1', attempt: 1 },
			{ messageId: '2', attempt: 1 },
		]);
		for (const id of ['0', '1', '2']) ledger.finish(id);
		expect(ledger.remembered()).toEqual({ cursor: '3', finished: [], started: {} });
	});
});

/** What may happen between two looks at the log. */
const step = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('write' as const), count: fc.nat(4) }) },
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('read' as const),
			size: fc.integer({ min: 1, max: 5 }),
		}),
	},
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('start' as const), which: fc.nat(20) }) },
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('finish' as const), which: fc.nat(20) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('republish' as const) }) },
);

describe('whatever happens', () => {
	it('each message is finished once, and started again only if n8n ended while it was under way', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
				let ledger = createAccountLedger();
				let length = 0;
				let waiting: LedgerEntry[] = [];
				let underWay: LedgerEntry[] = [];
				const starts = new Map<string, number[]>();
				const finished = new Set<string>();
				const interrupted = new Set<string>();

				const start = (entry: LedgerEntry) => {
					expect(finished.has(entry.messageId)).toBe(false);
					expect(underWay.some(({ messageId }) => messageId === entry.messageId)).toBe(false);
					ledger.start(entry);
					underWay.push(entry);
					starts.set(entry.messageId, [...(starts.get(entry.messageId) ?? []), entry.attempt]);
				};
				const finish = ({ messageId }: LedgerEntry) => {
					ledger.finish(messageId);
					finished.add(messageId);
				};
				const take = <Each,>(from: Each[], which: number) =>
					from.length > 0 ? from.splice(which % from.length, 1) : [];

				for (const each of steps) {
					if (each.kind === 'write') length += each.count;
					if (each.kind === 'read') waiting.push(...page(ledger, length, each.size));
					if (each.kind === 'start') take(waiting, each.which).forEach(start);
					if (each.kind === 'finish') take(underWay, each.which).forEach(finish);
					if (each.kind === 'crash') {
						for (const { messageId } of underWay) interrupted.add(messageId);
						ledger = createAccountLedger(asStored(ledger.remembered()));
						[waiting, underWay] = [[], []];
					}
					if (each.kind === 'republish') {
						ledger.dropWaiting();
						waiting = [];
					}
				}
				for (let reads = 0; reads <= length; reads++) waiting.push(...page(ledger, length, 3));
				waiting.splice(0).forEach(start);
				underWay.splice(0).forEach(finish);

				expect(finished.size).toBe(length);
				for (const [messageId, attempts] of starts) {
					expect(attempts).toEqual(attempts.map((_each, index) => index + 1));
					if (attempts.length > 1) expect(interrupted.has(messageId)).toBe(true);
				}
				expect(ledger.remembered()).toEqual({
					...(ledger.readCursor() !== undefined && { cursor: String(length) }),
					finished: [],
					started: {},
				});
			}),
			{ numRuns: 500 },
		);
	});

	it('messages are handed out in their order', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 7 })), fc.nat(40), (sizes, length) => {
				const ledger = createAccountLedger();
				const ids = sizes
					.flatMap((size) => page(ledger, length, size))
					.map(({ messageId }) => Number(messageId));
				expect(ids).toEqual([...ids].sort((one, other) => one - other));
			}),
		);
	});
});
