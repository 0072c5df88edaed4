/**
 * Does `work` for each item, `width` at a time, in their order. After the first failure nothing new is begun; what is
 * under way comes to its end, and then the failure is thrown.
 */
export async function atATime<Item>(
	width: number,
	items: readonly Item[],
	work: (item: Item) => Promise<void>,
): Promise<void> {
	let next = 0;
	const failures: unknown[] = [];
	const worker = async () => {
		while (next < items.length && failures.length === 0) {
			await work(items[next++]).catch((error: unknown) => void failures.push(error));
		}
	};
	await Promise.all(Array.from({ length: width }, worker));
	if (failures.length > 0) throw failures[0];
}
