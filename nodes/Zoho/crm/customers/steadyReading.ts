import type { Clock } from '../../../transport/Clock';
import { ServiceError } from '../../../transport/ServiceError';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { idsGoneSince } from './goneRecords';

/** `whole` if nothing can have shifted: enough was read, or one page or file held all. */
export type Reading = 'whole' | 'in parts';

/** How often a module is read, from its beginning, because it changed or because Zoho forgot where it was. */
export const MOST_READINGS = 4;
const FORGOTTEN: ReadonlySet<string> = new Set(['EXPIRED_VALUE', 'TOKEN_BOUND_DATA_MISMATCH']);
/** By how much the clocks of n8n and Zoho may differ. */
const CLOCK_DIFFERENCE_MS = 60_000;

/**
 * Reads a module that comes in parts, and again as long as a record went away meanwhile. Zoho does not say whether the parts
 * behind a gap move up; if they do, a record moves into a part that was read already, and would be missed.
 *
 * @param read goes through the module once; may give again what it has given
 * @param onGone gets the id of each record that was deleted meanwhile, or is a lead that was converted
 * @returns false if records went away during each reading, so that one may have been missed every time
 */
export async function readUntilSteady(
	client: ZohoCrmClient,
	clock: Clock,
	module: string,
	read: () => Promise<Reading>,
	onGone: (id: string) => void,
): Promise<boolean> {
	const known = new Set<string>();
	for (let reading = 1; reading <= MOST_READINGS; reading++) {
		const startedAt = clock.now();
		const outcome = await read().catch((error: unknown) => {
			const isForgotten = error instanceof ServiceError && FORGOTTEN.has(error.code ?? '');
			if (isForgotten && reading < MOST_READINGS) return 'again' as const;
			throw error;
		});
		if (outcome === 'again') continue;
		if (outcome === 'whole') return true;
		const gone = await idsGoneSince(client, module, startedAt - CLOCK_DIFFERENCE_MS);
		const news = gone.filter((id) => !known.has(id));
		for (const id of news) {
			known.add(id);
			onGone(id);
		}
		if (news.length === 0) return true;
	}
	return false;
}
