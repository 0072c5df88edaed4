import type { Crm } from '../crm.mts';
import { moduleNamed } from '../crm.mts';
import type { Fields } from '../records/recordStore.mts';
import { insertRecord, removeRecord, updateRecord } from '../records/recordWriting.mts';
import { livingChannels } from './callback.mts';
import type { Channel, NotificationDelivery, NotificationSettings } from './channel.mts';

/** What people do in the CRM's web pages, which channels hear of, and what Zoho sends for it. */
export interface CrmPeople {
	settings: NotificationSettings;
	/** Channels that have not expired. */
	channels(): readonly Channel[];
	deliveries: readonly NotificationDelivery[];
	/** Zoho forgets all channels. */
	forgetChannels(): void;
	/** @param userId who does it; the first user if absent. @returns the id */
	create(module: string, fields: Fields, userId?: string): string;
	update(module: string, ids: string | readonly string[], fields: Fields, userId?: string): void;
	remove(module: string, ids: string | readonly string[], userId?: string): void;
	/** Makes a contact of a lead: the lead stays, and can only be read with `converted`. */
	convert(leadId: string, contactId: string): void;
	/** Until every notification that is under way was answered or given up. */
	delivered(): Promise<void>;
}

export function crmPeople(crm: Crm): CrmPeople {
	const { notifications } = crm;
	const recordOf = (module: string, id: string) => {
		const record = crm.store.get(module, id);
		if (!record) throw new Error(`${module} has no record ${id}`);
		return record;
	};
	const refuseError = (entry: { status: string; message: string }) => {
		if (entry.status !== 'success') throw new Error(entry.message);
	};
	return {
		settings: notifications.settings,
		channels: () => livingChannels(crm),
		deliveries: notifications.deliveries,
		forgetChannels() {
			notifications.channels = [];
		},
		create(module, fields, userId = crm.users[0].id) {
			const entry = insertRecord(crm, moduleNamed(crm, module), fields, userId, 0);
			refuseError(entry);
			return String(entry.details.id);
		},
		update(module, ids, fields, userId = crm.users[0].id) {
			for (const id of [ids].flat()) {
				const record = recordOf(module, id);
				refuseError(updateRecord(crm, moduleNamed(crm, module), record, fields, userId, 0));
			}
		},
		remove(module, ids, userId = crm.users[0].id) {
			for (const id of [ids].flat()) removeRecord(crm, recordOf(module, id), userId);
		},
		convert(leadId, contactId) {
			const lead = recordOf('Leads', leadId);
			updateRecord(crm, moduleNamed(crm, 'Leads'), lead, {}, crm.users[0].id, 0);
			const contact = { id: contactId, module: 'Contacts' };
			crm.store.update(lead, { Converted__s: true, Converted_Contact: contact }, crm.now());
		},
		async delivered() {
			while (notifications.underWay.size > 0) await Promise.all(notifications.underWay);
		},
	};
}
