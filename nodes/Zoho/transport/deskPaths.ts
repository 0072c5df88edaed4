import { ZOHO_DESK } from './deskErrors';
import { zohoId } from './zohoId';

/** The modules of Desk that hold records with an id. */
export type DeskModule = 'accounts' | 'calls' | 'contacts' | 'tickets';

/** The id itself, if it is one: digits, as text. */
export function deskId(id: string): string {
	return zohoId(id, ZOHO_DESK);
}

/** `/contacts/4310000000410184`; refuses what cannot be a record id, so that no input reaches another address. */
export function deskRecordPath(module: DeskModule, id: string): string {
	return `/${module}/${deskId(id)}`;
}
