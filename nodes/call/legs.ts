import type { LegEvidence } from './CallEvidence';
import type { NumberDirectory } from './NumberDirectory';

/** Whether a number belongs to a phone in the PBX: the directory lists it, or a leg of this very call says so. */
export function isExtension(
	number: string,
	directory: NumberDirectory,
	legs: LegEvidence[],
): boolean {
	return directory.extensions.has(number) || legs.some((leg) => extensionOf(leg) === number);
}

/** The extension of a leg; null for the legs on a trunk. */
export function extensionOf(leg: LegEvidence): string | null {
	return leg.party.side === 'extension' ? leg.party.number : null;
}
