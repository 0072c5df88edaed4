import type { IDataObject } from 'n8n-workflow';
import type { Customer, CustomerNumberKind } from '../../../customer/Customer';
import { customerNumbers } from '../../../customer/customerNumbers';
import { deletedCustomer as customerThatIsGone } from '../../../customer/deletedCustomer';
import { numberKind } from '../../../customer/numberKind';
import { personName } from '../../../customer/personName';
import { utcTime } from '../../../customer/utcTime';
import { ZOHO_DESK } from '../../transport/deskErrors';
import type { DeskField } from '../metadata/fields';
import { isOutOfUse } from '../records/outOfUse';

/** The modules of Zoho Desk whose records are customers. */
export type CustomerModule = 'contacts' | 'accounts';

/** The telephones that every portal has (zoho-desk.md, 4.1 and 4.3). */
const STANDARD_NUMBERS: Readonly<Record<CustomerModule, Record<string, CustomerNumberKind>>> = {
	contacts: { phone: 'business', mobile: 'mobile' },
	accounts: { phone: 'business', fax: 'businessFax' },
};

/**
 * A contact or an account of Zoho Desk as a customer. What lies in the recycle bin, or is spam, comes out as deleted.
 *
 * @param record as Zoho gives it; a contact names its company only if the account is included
 * @param fields of the module, see `fieldsOf`: they tell which custom fields hold telephone numbers; without them, only the
 *   standard fields count
 * @returns null if the record names no id
 */
export function customerOfRecord(
	module: CustomerModule,
	record: IDataObject,
	fields: readonly DeskField[],
): Customer | null {
	const id = textOf(record.id);
	if (id === '') return null;
	const modifiedAt = utcTime(record.modifiedTime);
	if (isOutOfUse(record)) return { ...deletedCustomer(module, id), modifiedAt };
	const firstName = textOf(record.firstName) || null;
	const lastName = textOf(record.lastName) || null;
	const account = record.account as { accountName?: unknown } | null | undefined;
	const accountName = textOf(module === 'accounts' ? record.accountName : account?.accountName);
	return {
		source: { system: ZOHO_DESK, module, id },
		deleted: false,
		firstName,
		lastName,
		name: module === 'accounts' ? accountName : personName(firstName, lastName, ''),
		company: accountName,
		email: textOf(record.email),
		numbers: customerNumbers(numbersIn(module, record, fields)),
		modifiedAt,
	};
}

/** A record that was deleted in Zoho Desk, of which nobody knows more than its id. */
export function deletedCustomer(module: CustomerModule, id: string): Customer {
	return customerThatIsGone({ system: ZOHO_DESK, module, id });
}

function numbersIn(module: CustomerModule, record: IDataObject, fields: readonly DeskField[]) {
	const standard = STANDARD_NUMBERS[module];
	const custom = (record.cf ?? {}) as IDataObject;
	const added = fields.filter(
		({ apiName, type }) => type.toLowerCase() === 'phone' && !(apiName in standard),
	);
	return [
		...Object.entries(standard).map(([name, kind]) => ({ kind, value: record[name] })),
		...added.map(({ apiName, displayLabel }) => ({
			kind: numberKind(displayLabel, apiName),
			value: custom[apiName] ?? record[apiName],
		})),
	];
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
