import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { fieldsOf, refuseUnknownFields } from '../metadata/fields';
import { modulesOf } from '../metadata/modules';
import { eventsOf, type FieldCondition, type WantedChannel } from './channel';
import type { ChangeWish } from './triggerSettings';

/**
 * The channel that tells what a trigger wants. Costs credits only where fields are chosen, whose ids Zoho wants.
 *
 * @throws ServiceError for a field that does not exist
 */
export async function channelWish(
	client: ZohoCrmClient,
	wish: ChangeWish,
	basics: Pick<WantedChannel, 'id' | 'url' | 'token' | 'lifeMs'>,
): Promise<WantedChannel> {
	return { ...basics, events: eventsOf(wish), conditions: await conditionsOf(client, wish) };
}

async function conditionsOf(
	client: ZohoCrmClient,
	{ updatedFields, changes }: ChangeWish,
): Promise<FieldCondition[]> {
	if (!changes.includes('updated')) return [];
	const chosen = Object.entries(updatedFields);
	if (chosen.length === 0) return [];
	const modules = await modulesOf(client);
	return await Promise.all(
		chosen.map(async ([module, names]) => {
			const fields = await fieldsOf(client, module);
			refuseUnknownFields(module, names, fields);
			const idOf = (name: string) => fields.find(({ api_name }) => api_name === name)?.id ?? '';
			return {
				module: {
					api_name: module,
					id: modules.find(({ api_name }) => api_name === module)?.id ?? '',
				},
				fields: names.map((name) => ({ api_name: name, id: idOf(name) })),
			};
		}),
	);
}
