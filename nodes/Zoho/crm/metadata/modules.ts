import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { timedCache } from '../../../transport/timedCache';

/** The parts of Zoho's module metadata that this package uses. */
export interface CrmModule {
	id?: string;
	api_name: string;
	plural_label: string;
	api_supported?: boolean;
	viewable?: boolean;
	generated_type?: string;
}

const METADATA_MAX_AGE_MS = 120_000;
const cached = timedCache<CrmModule[]>(METADATA_MAX_AGE_MS);

/** The modules whose records the connected user can reach through the API, custom ones included, by label. */
export async function modulesOf(client: ZohoCrmClient): Promise<CrmModule[]> {
	return await cached(client.organizationKey, async () => {
		const { body } = await client.read({ method: 'GET', path: '/settings/modules' });
		const modules = (body?.modules ?? []) as unknown as CrmModule[];
		return modules
			.filter(({ api_supported, viewable }) => api_supported !== false && viewable !== false)
			.sort((one, other) => one.plural_label.localeCompare(other.plural_label));
	});
}
