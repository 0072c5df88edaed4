import type { CustomerNumberKind } from '../../customer/Customer';
import { NUMBER_TYPES, type ContactNumber, type NumberType } from '../actions/contact/contactRow';

const OWN_SLOTS: Record<CustomerNumberKind, readonly NumberType[]> = {
	mobile: ['mobile_number', 'mobile_number2'],
	business: ['business_number', 'business_number2'],
	home: ['home_number', 'home_number2'],
	other: ['other_number'],
	businessFax: ['business_fax'],
	homeFax: ['home_fax'],
};
/** Where a number goes when the slots of its kind are taken, the least misleading first. */
const VOICE_SLOTS: readonly NumberType[] = [
	'other_number',
	'mobile_number2',
	'business_number2',
	'home_number2',
	'mobile_number',
	'business_number',
	'home_number',
];
const FAX_SLOTS: readonly NumberType[] = ['home_fax', 'business_fax'];

const KIND_OF_SLOT = new Map(
	Object.entries(OWN_SLOTS).flatMap(([kind, slots]) =>
		slots.map((slot) => [slot, kind as CustomerNumberKind]),
	),
);

export interface NumberOfKind {
	kind: CustomerNumberKind;
	number: string;
}

/**
 * Puts numbers into the nine slots of a contact: each into one of its kind, then the voice numbers that are left over
 * into free voice slots and at last into those for fax, and what is still free goes to further fax numbers.
 *
 * @param numbers the most useful first
 * @returns the filled slots in the PBX's order, and the numbers for which there was no room
 */
export function intoSlots<Each extends NumberOfKind>(
	numbers: readonly Each[],
): { filled: ContactNumber[]; tooMany: Each[] } {
	const taken = new Map<NumberType, string>();
	const place = (each: Each, slots: readonly NumberType[]) => {
		const free = slots.find((slot) => !taken.has(slot));
		if (free !== undefined) taken.set(free, each.number);
		return free !== undefined;
	};
	const notPlaced = (waiting: readonly Each[], slotsFor: (each: Each) => readonly NumberType[]) =>
		waiting.filter((each) => !place(each, slotsFor(each)));

	const ofOwnKind = ({ kind }: Each) => OWN_SLOTS[kind];
	const voice = notPlaced(
		numbers.filter(({ kind }) => !isFax(kind)),
		ofOwnKind,
	);
	const voiceLeft = notPlaced(voice, () => [...VOICE_SLOTS, ...FAX_SLOTS]);
	const fax = notPlaced(
		numbers.filter(({ kind }) => isFax(kind)),
		ofOwnKind,
	);
	const faxLeft = notPlaced(fax, () => [...FAX_SLOTS, ...VOICE_SLOTS]);
	return {
		filled: NUMBER_TYPES.map(({ value }) => ({
			type: value,
			number: taken.get(value) ?? '',
		})).filter(({ number }) => number !== ''),
		tooMany: [...voiceLeft, ...faxLeft],
	};
}

/** The numbers of a contact with the kinds that their slots stand for. */
export function outOfSlots(filled: readonly ContactNumber[]): NumberOfKind[] {
	return filled.map(({ type, number }) => ({ kind: KIND_OF_SLOT.get(type) ?? 'other', number }));
}

export function isFax(kind: CustomerNumberKind): boolean {
	return kind === 'businessFax' || kind === 'homeFax';
}
