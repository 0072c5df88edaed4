import type { DeskModule } from '../fields/layouts.mts';

/** Comments and attachments go by the scopes of what they hang on; accounts by those of contacts. */
export function scopesOf(module: DeskModule, operation: string): string[][] {
	if (module === 'tickets') return [[`Desk.tickets.${operation}`]];
	if (module !== 'calls') return [[`Desk.contacts.${operation}`]];
	return [['calls', 'activities', 'activities.calls'].map((name) => `Desk.${name}.${operation}`)];
}
