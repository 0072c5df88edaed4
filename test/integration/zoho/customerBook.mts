import type { Customer } from '../../../nodes/customer/Customer';
import type { WantedCustomers } from '../../../nodes/Zoho/crm/customers/readCustomers';
import { readCustomers } from '../../../nodes/Zoho/crm/customers/readCustomers';
import { zohoCrmClient } from '../../../nodes/Zoho/transport/zohoCrm';
import { ZohoCrmTelephony } from '../../../nodes/Zoho/ZohoCrmTelephony.node';
import type { Clock } from '../../../nodes/transport/Clock';
import {
	startZohoSimulator,
	type ZohoSimulator,
	type ZohoSimulatorOptions,
} from '../../simulators/zoho/zohoSimulator.mts';
import { executeContext } from '../nodeContext.mts';
import { zohoCredential } from './zohoNode.mts';

/** A clock on which whoever sleeps is awake at once, and time has passed. */
export interface HastyClock extends Clock {
	/** Happens when somebody sleeps. */
	onSleep: () => void;
	pass(milliseconds: number): void;
}

export function hastyClock(): HastyClock {
	let now = Date.UTC(2026, 2, 4, 8);
	const clock: HastyClock = {
		now: () => now,
		random: () => 1,
		onSleep: () => undefined,
		pass: (milliseconds) => void (now += milliseconds),
		async sleep(milliseconds) {
			now += milliseconds;
			clock.onSleep();
			return await Promise.resolve();
		},
	};
	return clock;
}

/** Zoho CRM and this package's reading of it, on one clock. */
export async function startCustomerBook(options: ZohoSimulatorOptions = {}) {
	const clock = hastyClock();
	const zoho = await startZohoSimulator({
		now: clock.now,
		accessTokenSeconds: 10_000_000,
		...options,
	});
	const clientWith = async (scopes?: string[]) =>
		await zohoCrmClient(
			executeContext(new ZohoCrmTelephony(), {
				parameters: { resource: 'user', operation: 'getAll' },
				credentials: {
					callBridgeZohoOAuth2Api: zohoCredential(zoho, {
						oauthTokenData: { ...zoho.issueToken({ scopes }) },
					}),
				},
			}),
			0,
			clock,
		);
	return {
		zoho,
		clock,
		async read(wanted: Partial<WantedCustomers> = {}, scopes?: string[]) {
			return await readCustomers(await clientWith(scopes), clock, {
				modules: ['Contacts'],
				readBy: 'automatic',
				limit: Infinity,
				maxWaitMs: 600_000,
				onlyWithNumber: false,
				...wanted,
			});
		},
		/** Such as `POST /crm/bulk/v8/read`, without metadata. */
		requests: () =>
			zoho.requests
				.filter(({ path }) => path.startsWith('/crm/') && !path.includes('/settings/'))
				.map(({ method, path }) => `${method} ${path}`),
	};
}

export type CustomerBook = Awaited<ReturnType<typeof startCustomerBook>>;

export function byId(customers: readonly Customer[]): Customer[] {
	return [...customers].sort((one, other) => one.source.id.localeCompare(other.source.id));
}

/** Contacts such as an address book of some size has them: with companies, several numbers, none, Chinese names. */
export function seedContacts(zoho: ZohoSimulator, count: number): string[] {
	const accounts = ['Seeblick AG', '明德科技, 深圳', 'O\'Neil "Sons"'].map((Account_Name) =>
		zoho.insert('Accounts', { Account_Name, Phone: '+41 44 555 00 00' }),
	);
	return Array.from({ length: count }, (_, each) =>
		zoho.insert('Contacts', {
			Last_Name: each % 3 === 0 ? '王' : `Brunner ${each}`,
			First_Name: each % 3 === 0 ? '芳' : each % 3 === 1 ? 'Nora' : null,
			...(each % 4 === 0 ? {} : { Account_Name: { id: accounts[each % accounts.length] } }),
			...(each % 5 === 0 ? {} : { Phone: `+41 44 ${String(5_550_000 + each)}` }),
			...(each % 2 === 0 ? { Mobile: `1380013${String(each).padStart(4, '0')}` } : {}),
			...(each % 7 === 0
				? { Direct_Line: `0755-${26_600_000 + each}`, Fax: '+41 44 555 99 99' }
				: {}),
			Email: `person${each}@example.com`,
		}),
	);
}
