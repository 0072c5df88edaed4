import { textTable } from './textTable.mts';

/** Something that was played, and what is not as expected about it. */
export interface Judged {
	title: string;
	problems: string[];
}

/** Prints a table with a line for each, and what is not as expected below it. Answers how many are as expected. */
export function printReport<Item extends Judged>(
	judged: Item[],
	header: string[],
	cellsOf: (item: Item) => string[],
): { passed: number; failed: number } {
	const rows = judged.map((item) => [
		item.problems.length === 0 ? '✓' : '✗',
		item.title,
		...cellsOf(item),
	]);
	console.log(`\n${textTable(['', ...header], rows)}\n`);
	for (const { title, problems } of judged) {
		for (const problem of problems) console.log(`NOT AS EXPECTED  ${title}: ${problem}`);
	}
	const failed = judged.filter(({ problems }) => problems.length > 0).length;
	return { passed: judged.length - failed, failed };
}
