import type { Fields } from '../../crm/records/recordStore.mts';
import type { DeskPortal } from '../portal.mts';

/**
 * Compares one stored value with what a parameter asks for, by zoho-desk.md, 5.4: exact, without regard to upper and lower
 * case; `*` at the end is a wildcard; at the beginning only for numbers; commas are OR; `${empty}` and `${notempty}`.
 */
export function matchesValue(
	portal: DeskPortal,
	stored: unknown,
	asked: string,
	kind: 'text' | 'number' | 'exact',
): boolean {
	const text = stored === null || stored === undefined ? '' : String(stored);
	return asked.split(',').some((part) => matchesOne(portal, text, part.trim(), kind));
}

/** Whether any text of the record, custom ones included, is what is asked for. No leading wildcard. */
export function matchesAnything(portal: DeskPortal, fields: Fields, asked: string): boolean {
	return [...Object.values(fields), ...Object.values(fields.cf ?? {})].some(
		(value) => typeof value === 'string' && matchesValue(portal, value, asked, 'text'),
	);
}

function matchesOne(
	portal: DeskPortal,
	stored: string,
	asked: string,
	kind: 'text' | 'number' | 'exact',
): boolean {
	if (asked === '${empty}') return stored === '';
	if (asked === '${notempty}') return stored !== '';
	if (asked === '' || stored === '') return false;
	const openStart = kind === 'number' && asked.startsWith('*');
	const openEnd = kind !== 'exact' && asked.endsWith('*');
	const core = asked.slice(openStart ? 1 : 0, openEnd ? -1 : undefined);
	if (kind === 'number' && portal.settings.phoneSearch === 'tolerant') {
		return compare(stored.replace(/\D/g, ''), core.replace(/\D/g, ''), openStart, openEnd);
	}
	return compare(stored.toLowerCase(), core.toLowerCase(), openStart, openEnd);
}

function compare(stored: string, core: string, openStart: boolean, openEnd: boolean): boolean {
	if (openStart && openEnd) return stored.includes(core);
	if (openStart) return stored.endsWith(core);
	if (openEnd) return stored.startsWith(core);
	return stored === core;
}
