/**
 * - `e164`: `+8675526601234`
 * - `dial`: as dialled in the default country: `075526601234`, abroad `+14155552671`
 * - `asStored`: as the record has it, without what the PBX refuses
 */
export type NumberFormat = 'e164' | 'dial' | 'asStored';

/** What people choose for a synchronization. */
export interface SyncSettings {
	/** Deletes our contacts of the complete sources that the input does not hold. */
	isFull: boolean;
	/**
	 * Sources of which the input holds all customers, as `Zoho CRM Contacts`, or `Zoho CRM` for all its modules; empty
	 * for those that occur in the input.
	 */
	completeSources: readonly string[];
	numberFormat: NumberFormat;
	/** Two-letter code of the country of numbers without country code; empty if unknown. */
	country: string;
	/** A number that several customers have stays with the first of them, or with all. */
	sharedNumbers: 'first' | 'all';
	/** Modules, the first the most important, as `Contacts` or `Zoho CRM Contacts`. */
	moduleOrder: readonly string[];
	/** More of our contacts than this share are never deleted for want of a customer; from 0 to 100. */
	mostDeletionsPercent: number;
	/** How many contacts the PBX keeps; 0 to go by its model. */
	mostContacts: number;
}
