import type { IDataObject } from 'n8n-workflow';
import type { Customer } from '../../../customer/Customer';
import { customerNumbers } from '../../../customer/customerNumbers';
import { deletedCustomer as customerThatIsGone } from '../../../customer/deletedCustomer';
import { numberKind } from '../../../customer/numberKind';
import { personName } from '../../../customer/personName';
import { utcTime } from '../../../customer/utcTime';
import { ZOHO_CRM } from '../../transport/errors';
import type { CrmField } from '../metadata/fields';
import { emailFieldsOf, hasCustomers, phoneFieldsOf } from './customerModules';

/**
 * A record of Zoho CRM as a customer. A lead that was converted lives on as a contact, so it comes out as deleted.
 *
 * @param module API name
 * @param record as Zoho gives it, with at least the fields of `customerFields`
 * @param fields of the module, see `fieldsOf`: they tell which fields hold telephone numbers, custom ones included
 * @returns null if records of this module are no customers, or if this one names no id
 */
export function customerOfRecord(
	module: string,
	record: IDataObject,
	fields: readonly CrmField[],
): Customer | null {
	const id = textOf(record.id);
	if (id === '' || !hasCustomers(module, fields)) return null;
	const modifiedAt = utcTime(record.Modified_Time);
	if (isConvertedLead(module, record)) return { ...deletedCustomer(module, id), modifiedAt };
	const firstName = textOf(record.First_Name) || null;
	const lastName = textOf(record.Last_Name) || null;
	const name = nameOf(module, record, firstName, lastName);
	return {
		source: { system: ZOHO_CRM, module, id },
		deleted: false,
		firstName,
		lastName,
		name,
		company: companyOf(module, record, name),
		email: firstText(emailFieldsOf(fields).map(({ api_name }) => record[api_name])),
		numbers: customerNumbers(
			phoneFieldsOf(fields).map(({ api_name, field_label }) => ({
				kind: numberKind(field_label ?? '', api_name),
				value: record[api_name],
			})),
		),
		modifiedAt,
	};
}

/** A record that was deleted in Zoho CRM, of which nobody knows more than its id. */
export function deletedCustomer(module: string, id: string): Customer {
	return customerThatIsGone({ system: ZOHO_CRM, module, id });
}

/** Zoho names the mark in two ways, and a file of a bulk read holds texts only. */
function isConvertedLead(module: string, record: IDataObject): boolean {
	return (
		module === 'Leads' &&
		[record.Converted__s, record.$converted].some((mark) => String(mark) === 'true')
	);
}

function nameOf(
	module: string,
	record: IDataObject,
	firstName: string | null,
	lastName: string | null,
): string {
	const companyName = module === 'Accounts' ? record.Account_Name : record.Vendor_Name;
	return (
		personName(firstName, lastName, textOf(record.Full_Name)) ||
		firstText([companyName, record.Name])
	);
}

/** The account of a contact, what is typed into a lead, and of companies their own name. */
function companyOf(module: string, record: IDataObject, name: string): string {
	if (module === 'Accounts' || module === 'Vendors') return name;
	const account = record.Account_Name as { name?: unknown } | null | undefined;
	return firstText([account?.name, record.Company]);
}

function firstText(values: readonly unknown[]): string {
	return values.map(textOf).find((text) => text !== '') ?? '';
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
