import type { IDataObject } from 'n8n-workflow';
import type { Customer } from '../../../customer/Customer';
import { systemClock, type Clock } from '../../../transport/Clock';
import { timedCache } from '../../../transport/timedCache';
import { deskRecordPath } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import {
	customerOfRecord,
	deletedCustomer,
	type CustomerModule,
} from '../customers/customerOfRecord';
import { fieldsOf, type DeskField } from '../metadata/fields';
import type { DeskEventType } from './eventTypes';

interface Event {
	type: DeskEventType;
	record: IDataObject;
}

/** What makes customers of the contacts and accounts in events. */
export interface EventCustomers {
	/**
	 * Finds out what an event itself does not tell: which fields hold telephone numbers (four credits), and the name of the
	 * account of a contact (one credit); both are remembered for ten minutes. What cannot be found out is left out.
	 */
	learn(event: Event): Promise<void>;
	/** By what has been learnt. Null for events of anything but contacts and accounts. */
	customerOf(event: Event): Customer | null;
}

const MODULES: Readonly<Partial<Record<DeskEventType['kind'], CustomerModule>>> = {
	account: 'accounts',
	contact: 'contacts',
};
const REMEMBER_MS = 10 * 60_000;
const MOST_NAMES = 5_000;

/** @param ask runs something with a client of the organisation */
export function createEventCustomers(
	ask: <Result>(work: (client: ZohoDeskClient) => Promise<Result>) => Promise<Result>,
	clock: Pick<Clock, 'now'> = systemClock,
): EventCustomers {
	const askedFields = timedCache<DeskField[]>(REMEMBER_MS, clock);
	const askedNames = timedCache<string>(REMEMBER_MS, clock);
	const fields = new Map<CustomerModule, DeskField[]>();
	const names = new Map<string, string>();

	const learnFields = async (module: CustomerModule) => {
		const found = await askedFields(
			module,
			async () => await ask(async (client) => await fieldsOf(client, module)),
		);
		fields.set(module, found);
	};
	const learnName = async (id: string) => {
		const name = await askedNames(id, async () => {
			const path = deskRecordPath('accounts', id);
			const { body } = await ask(async (client) => await client.read({ method: 'GET', path }));
			return typeof body?.accountName === 'string' ? body.accountName : '';
		});
		if (names.size >= MOST_NAMES) names.clear();
		names.set(id, name);
	};

	return {
		async learn({ type, record }) {
			const module = MODULES[type.kind];
			if (!module || type.action === 'deleted') return;
			const { accountId, account } = record;
			const isNameless = module === 'contacts' && Boolean(accountId) && !account;
			await Promise.allSettled([
				learnFields(module),
				...(isNameless ? [learnName(String(accountId))] : []),
			]);
		},

		customerOf({ type, record }) {
			const module = MODULES[type.kind];
			if (!module) return null;
			if (type.action === 'deleted') return deletedCustomer(module, String(record.id));
			const accountName = names.get(String(record.accountId));
			const account = record.account ?? (accountName ? { accountName } : null);
			return customerOfRecord(module, { ...record, account }, fields.get(module) ?? []);
		},
	};
}
