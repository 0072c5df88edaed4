/** Takes a CSV file in pieces, cut anywhere. */
export interface CsvReader {
	write(text: string): void;
	/** @throws Error if the file ends within quotes */
	end(): void;
}

type Place = 'start of cell' | 'cell' | 'quotes' | 'quote in quotes';

/**
 * Reads CSV as RFC 4180 has it: commas, quotes that are doubled inside quotes, line breaks inside quotes, either line end.
 * Nothing is taken for a formula or a number, and no blank is taken away. Empty lines are left out.
 *
 * @param onRow gets the cells of each line, the first line included
 */
export function csvReader(onRow: (cells: string[]) => void): CsvReader {
	let place: Place = 'start of cell';
	let cells: string[] = [];
	let cell = '';
	let isFirst = true;

	const endCell = () => {
		cells.push(cell);
		cell = '';
		place = 'start of cell';
	};
	const endRow = () => {
		const isEmpty = cells.length === 0 && cell === '' && place === 'start of cell';
		if (!isEmpty) {
			endCell();
			onRow(cells);
		}
		cells = [];
	};

	return {
		write(text) {
			let at = isFirst && text.startsWith('\uFEFF') ? 1 : 0;
			if (text.length > 0) isFirst = false;
			while (at < text.length) {
				if (place === 'quotes') {
					const quote = text.indexOf('"', at);
					cell += text.slice(at, quote === -1 ? text.length : quote);
					if (quote === -1) return;
					place = 'quote in quotes';
					at = quote + 1;
					continue;
				}
				const character = text[at++];
				if (character === '"' && place === 'start of cell') place = 'quotes';
				else if (character === '"' && place === 'quote in quotes') {
					cell += '"';
					place = 'quotes';
				} else if (character === ',') endCell();
				else if (character === '\n') endRow();
				else if (character !== '\r') {
					cell += character;
					place = 'cell';
				}
			}
		},
		end() {
			if (place === 'quotes') throw new Error('The CSV file ends within quotes');
			endRow();
		},
	};
}
