import { createMemory } from '../../../nodes/transport/memory';

it('keeps an entry for its time', () => {
	const memory = createMemory<string>(1_000, 10);
	memory.set('a', 'x', 0);
	expect(memory.get('a', 999)).toBe('x');
	expect(memory.get('a', 1_000)).toBeUndefined();
	memory.set('a', 'y', 2_000);
	memory.delete('a');
	expect(memory.get('a', 2_000)).toBeUndefined();
});

it('lets the oldest entries make room', () => {
	const memory = createMemory<number>(1_000, 2);
	memory.set('a', 1, 0);
	memory.set('b', 2, 1);
	memory.set('a', 3, 2);
	memory.set('c', 4, 3);
	expect(['a', 'b', 'c'].map((key) => memory.get(key, 4))).toEqual([3, undefined, 4]);
});
