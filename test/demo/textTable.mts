/** Lines of equal width for the terminal. Wide (East Asian) characters count double. */
export function textTable(header: string[], rows: string[][]): string {
	const widths = header.map((_, column) =>
		Math.max(...[header, ...rows].map((row) => widthOf(row[column] ?? ''))),
	);
	const line = (row: string[]) =>
		row
			.map((cell, column) => cell + ' '.repeat(widths[column] - widthOf(cell)))
			.join('  ')
			.trimEnd();
	return [
		line(header),
		widths.map((width) => '─'.repeat(width)).join('  '),
		...rows.map(line),
	].join('\n');
}

function widthOf(text: string): number {
	return [...text].reduce(
		(sum, character) => sum + (/[\u1100-\u115f\u2e80-\uffe6]/.test(character) ? 2 : 1),
		0,
	);
}
