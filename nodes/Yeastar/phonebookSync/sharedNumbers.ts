import type { CustomerSource } from '../../customer/Customer';
import type { ContactNumber } from '../actions/contact/contactRow';
import { intoSlots } from './slots';
import { compareSources } from './rank';
import type { SyncSettings } from './settings';
import type { UsableNumber } from './usableNumbers';

/** A customer with numbers: one of the input, or one whose contact is on the PBX and stays there. */
export interface NumberHolder {
	source: CustomerSource;
	numbers: UsableNumber[];
}

/** The numbers that a contact gets. */
export interface SharedOut {
	filled: ContactNumber[];
	/** Numbers for which there was no room in the nine slots. */
	tooMany: UsableNumber[];
	/** Numbers that another customer keeps. */
	withOthers: Array<{ number: UsableNumber; holder: CustomerSource }>;
}

/**
 * Shares the numbers out among their holders. Where several have one, the first of them keeps it (see rank.ts), unless it
 * finds no room there; so the answer does not depend on the order of the holders.
 *
 * @returns one answer per holder
 */
export function shareOut<Holder extends NumberHolder>(
	holders: readonly Holder[],
	{ sharedNumbers, moduleOrder }: Pick<SyncSettings, 'sharedNumbers' | 'moduleOrder'>,
): Map<Holder, SharedOut> {
	const compare = compareSources(moduleOrder);
	const inOrder = [...holders].sort((one, other) => compare(one.source, other.source));
	const kept = new Map<string, CustomerSource>();
	const answers = new Map<Holder, SharedOut>();
	for (const holder of inOrder) {
		const withOthers: SharedOut['withOthers'] = [];
		const free = holder.numbers.filter((number) => {
			const owner = kept.get(number.identity);
			if (owner !== undefined) withOthers.push({ number, holder: owner });
			return owner === undefined;
		});
		const { filled, tooMany } = intoSlots(free);
		answers.set(holder, { filled, tooMany, withOthers });
		if (sharedNumbers === 'all') continue;
		const leftOver = new Set(tooMany);
		for (const number of free) {
			if (!leftOver.has(number)) kept.set(number.identity, holder.source);
		}
	}
	return answers;
}
