import type { Customer, CustomerSource } from '../../customer/Customer';
import { entryTexts, type EntryTexts, type LostPart } from './entryTexts';
import { keyOf } from './mark';
import { isCustomer, readCustomer, type NotSynchronized } from './readCustomer';
import type { SyncSettings } from './settings';
import { usableNumbers, type UsableNumber } from './usableNumbers';

/** Something of a customer that the PBX does not hold although the customer is in the phonebook. */
export interface LeftOut extends LostPart {
	source: CustomerSource;
	name: string;
}

/** A customer as the phonebook is to hold it, before numbers are shared out among customers. */
export interface Wish {
	source: CustomerSource;
	/** For people. */
	name: string;
	texts: EntryTexts;
	/** At least one. */
	numbers: UsableNumber[];
	leftOut: LeftOut[];
	/** Seconds since 1970; 0 if nobody knows. */
	modifiedSecond: number;
}

/** Of one source: what is wished for it, that it is to go, or why it cannot be in a phonebook. */
export type Reading =
	| { kind: 'wish'; wish: Wish }
	| { kind: 'deleted'; source: CustomerSource }
	| { kind: 'unusable'; source: CustomerSource; reason: NotSynchronized };

/** What the items say. */
export interface Input {
	/** By key, see `keyOf`. */
	readings: Map<string, Reading>;
	/** Items that do not tell a customer. */
	unreadable: NotSynchronized[];
}

/** Reads one item into `input`; of two about the same customer the one that was modified last counts, or the later one. */
export function inputReader(settings: Pick<SyncSettings, 'numberFormat' | 'country'>): {
	input: Input;
	add: (item: object, itemIndex: number) => void;
} {
	const input: Input = { readings: new Map(), unreadable: [] };
	const modifiedAt = new Map<string, string>();
	const add = (item: object, itemIndex: number) => {
		const customer = readCustomer(item, itemIndex);
		if (!isCustomer(customer)) {
			input.unreadable.push(customer);
			return;
		}
		const key = keyOf(customer.source);
		const known = modifiedAt.get(key);
		if (known !== undefined && customer.modifiedAt !== null && customer.modifiedAt < known) return;
		if (customer.modifiedAt !== null) modifiedAt.set(key, customer.modifiedAt);
		input.readings.set(key, readingOf(customer, settings));
	};
	return { input, add };
}

function readingOf(
	customer: Customer,
	settings: Pick<SyncSettings, 'numberFormat' | 'country'>,
): Reading {
	const { source } = customer;
	if (customer.deleted) return { kind: 'deleted', source };
	const { texts, lost } = entryTexts(customer);
	const name = customer.name || customer.company || texts.firstName;
	const unusable = (reason: string, field: string): Reading => ({
		kind: 'unusable',
		source,
		reason: { source, name, reason, field },
	});
	if (texts.firstName === '') {
		return unusable('There is no name that the PBX could hold', 'name');
	}
	const { usable, refused } = usableNumbers(customer.numbers, settings);
	if (usable.length === 0) {
		return unusable(
			refused.length === 0
				? 'There is no number'
				: `There is no number that the PBX could hold: ${refused.map(({ number }) => number).join(', ')}`,
			'numbers',
		);
	}
	const noNumbers = refused.map(({ number }) => ({
		field: 'numbers',
		what: `not a number for the PBX: ${number}`,
	}));
	const leftOut = [...lost, ...noNumbers].map((part) => ({ source, name, ...part }));
	const modifiedSecond = secondOf(customer.modifiedAt);
	const wish = { source, name, texts, numbers: usable, leftOut, modifiedSecond };
	return { kind: 'wish', wish };
}

function secondOf(modifiedAt: string | null): number {
	const milliseconds = Date.parse(modifiedAt ?? '');
	return Number.isNaN(milliseconds) ? 0 : Math.floor(milliseconds / 1_000);
}
