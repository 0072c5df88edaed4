import type { DeskModule } from '../fields/layouts.mts';

/**
 * Accounts go by the scopes of contacts, calls by any one of three (zoho-desk.md, 6.1), comments and attachments by those
 * of what they hang on.
 */
export function scopesOf(module: DeskModule, operation: string): string[][] {
	if (module === 'tickets') return [[`Desk.tickets.${operation}`]];
	if (module !== 'calls') return [[`Desk.contacts.${operation}`]];
	return [['calls', 'activities', 'activities.calls'].map((name) => `Desk.${name}.${operation}`)];
}
