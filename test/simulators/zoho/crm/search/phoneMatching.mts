import type { CrmSettings } from '../crm.mts';

const SEPARATORS = /[\s\-.(),;#/]+/;

/** Whether `/search?phone=` finds a stored value; see CrmSettings.phoneSearch. */
export function phoneMatches(
	stored: unknown,
	asked: string,
	mode: CrmSettings['phoneSearch'],
): boolean {
	if (typeof stored !== 'string' || stored === '') return false;
	if (mode === 'literal') return stored === asked || stored.split(SEPARATORS).includes(asked);
	const digits = asked.replace(/\D/g, '');
	return digits !== '' && stored.replace(/\D/g, '').includes(digits);
}
