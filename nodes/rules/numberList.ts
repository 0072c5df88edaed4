/**
 * Numbers as people list them: separated by commas, semicolons or lines, written with or without spaces, hyphens and
 * brackets. A star at the end stands for any digits that follow.
 */
export function parseNumberList(text: string): string[] {
	return text
		.split(/[,;\n，；、]/)
		.map(withoutFormatting)
		.filter((entry) => entry !== '');
}

/** @param numbers the ways in which one number is known; nulls are passed over */
export function isInNumberList(list: string[], ...numbers: Array<string | null>): boolean {
	return numbers.some((number) => {
		if (!number) return false;
		const digits = withoutFormatting(number);
		return list.some((entry) =>
			entry.endsWith('*') ? digits.startsWith(entry.slice(0, -1)) : digits === entry,
		);
	});
}

function withoutFormatting(number: string): string {
	return number.replace(/[\s\-().（）]/g, '');
}
