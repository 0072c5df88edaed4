import type { Customer } from '../../customer/Customer';
import { pbxText, type PbxTextKind } from '../actions/contact/pbxText';

export interface EntryTexts {
	/** Empty if nothing of the customer can be a name for the PBX. */
	firstName: string;
	lastName: string;
	company: string;
	email: string;
}

/** What had to go of a field, for people. */
export interface LostPart {
	field: string;
	what: string;
}

/**
 * The texts of a contact. The PBX demands a first name: where a customer has none, or none that the PBX accepts, it is
 * the last name, the whole name or the company.
 */
export function entryTexts(customer: Customer): { texts: EntryTexts; lost: LostPart[] } {
	const lost: LostPart[] = [];
	const text = (kind: PbxTextKind, field: string, typed: string | null): string => {
		const result = pbxText(kind, (typed ?? '').replace(/\s+/g, ' '));
		if (result.removed.length > 0)
			lost.push({ field, what: `removed: ${result.removed.join(', ')}` });
		return result.text;
	};
	const first = text('name', 'firstName', customer.firstName);
	const last = text('name', 'lastName', customer.lastName);
	const company = text('company', 'company', customer.company);
	const alone = () =>
		text('name', 'name', customer.name) || text('name', 'company', customer.company);
	const firstName = first || last || alone();
	const lastName = first === '' ? '' : last;
	return { texts: { firstName, lastName, company, email: emailOf(customer, lost) }, lost };
}

/** A part of an email address is another address. */
function emailOf({ email }: Customer, lost: LostPart[]): string {
	const { text, removed } = pbxText('email', email);
	if (removed.length === 0) return text;
	lost.push({ field: 'email', what: 'left out: the PBX does not accept it' });
	return '';
}
