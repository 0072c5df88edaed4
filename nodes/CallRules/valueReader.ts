/** Refuses a value in words for people: what it is, and what to do. */
export type Refuse = (message: string, advice: string) => never;

export interface ValueReader {
	text(value: unknown): string;
	yes(value: unknown): boolean;
	/** Zero or more; empty counts as zero. */
	amount(label: string, value: unknown): number;
	choice<Choice extends string>(
		label: string,
		value: unknown,
		names: Record<Choice, string>,
	): Choice;
	/** A list, or a text with commas, as an expression may give it; empty counts as none. */
	choices<Choice extends string>(
		label: string,
		value: unknown,
		names: Record<Choice, string>,
	): Choice[];
}

/** Reads values that a person typed or an expression gave. The labels are the display names of the parameters. */
export function valueReader(refuse: Refuse): ValueReader {
	const choice: ValueReader['choice'] = (label, value, names) => {
		const choices = Object.keys(names) as Array<keyof typeof names>;
		const chosen = choices.find((candidate) => candidate === value);
		if (chosen !== undefined) return chosen;
		return refuse(
			`'${label}' cannot be '${String(value)}'`,
			`Choose from the list, or let the expression give one of: ${choices.join(', ')}.`,
		);
	};
	return {
		text: (value) => (value === null || value === undefined ? '' : String(value).trim()),
		yes: (value) => value === true || value === 'true',
		amount(label, value) {
			const amount = Number(value ?? 0);
			if (Number.isFinite(amount) && amount >= 0) return amount;
			return refuse(
				`'${label}' cannot be '${String(value)}'`,
				'Give a number that is zero or more.',
			);
		},
		choice,
		choices(label, value, names) {
			const values: unknown[] = Array.isArray(value)
				? value
				: String(value ?? '')
						.split(',')
						.map((part) => part.trim())
						.filter((part) => part !== '');
			return values.map((one) => choice(label, one, names));
		},
	};
}
