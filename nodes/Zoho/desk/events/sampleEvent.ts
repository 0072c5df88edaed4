import type { IDataObject, ITriggerFunctions } from 'n8n-workflow';
import { ServiceError } from '../../../transport/ServiceError';
import { modifiedTimeOf } from '../../transport/deskRecords';
import { ZOHO_DESK } from '../../transport/deskErrors';
import { zohoDeskClient, type ZohoDeskClient } from '../../transport/zohoDesk';
import { createEventCustomers } from './eventCustomers';
import { mayBeInDepartments, passesFilters } from './eventFilter';
import { eventTypeNamed, isFoundBySearch, isSearchedKind, SEARCHED_KINDS } from './eventTypes';
import { triggerItem, type ToldEvent } from './triggerItem';
import { readDeskTriggerSettings, type EventWish } from './triggerSettings';

/** How many of the latest records are looked at for one that fits the filters. */
const LOOKED_AT = 50;

/**
 * The item that the latest fitting record would have given: what a test shows where there is no webhook to wait for.
 *
 * @throws ServiceError if there is none
 */
export async function sampleEvent(client: ZohoDeskClient, wish: EventWish): Promise<IDataObject> {
	for (const name of wish.events) {
		const type = eventTypeNamed(name);
		if (!isSearchedKind(type.kind) || !isFoundBySearch(type)) continue;
		const time = type.action === 'created' ? 'createdTime' : 'modifiedTime';
		const records = await client.list({
			path: `/${SEARCHED_KINDS[type.kind]}/search`,
			query: { sortBy: `-${time}` },
			limit: LOOKED_AT,
		});
		const record = records.find((each) => {
			const event = { type, record: each, previous: null };
			return passesFilters(wish, event) && mayBeInDepartments(wish, event);
		});
		if (!record) continue;
		const customers = createEventCustomers(async (work) => await work(client));
		await customers.learn({ type, record });
		const told: ToldEvent = {
			type,
			eventTimeMs: Date.parse(String(record[time] ?? modifiedTimeOf(record))),
			orgId: client.orgId,
			record,
			previous: null,
			receivedBy: 'search',
		};
		return triggerItem(told, customers.customerOf(told));
	}
	throw new ServiceError({
		service: ZOHO_DESK,
		kind: 'notFound',
		message: 'Zoho Desk has no record that fits the events and filters',
		advice:
			'Create or change one in Zoho Desk, or choose other events and filters, and test again.',
	});
}

/** The same for the settings of a node. @throws NodeOperationError, ServiceError */
export async function sampleFor(context: ITriggerFunctions): Promise<IDataObject> {
	const { wish } = readDeskTriggerSettings(context);
	return await sampleEvent(await zohoDeskClient(context), wish);
}
