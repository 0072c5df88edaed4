import type { IExecuteFunctions } from 'n8n-workflow';
import { recordId } from '../transport/paths';
import type { ZohoCrmClient } from '../transport/zohoCrm';
import { locatedValue } from '../../actions/locatedValue';
import { refusal } from './refusal';
import { findUserByEmail } from './metadata/users';

/**
 * The user whom a `userLocator` parameter names, by id or e-mail address.
 *
 * @returns the id; null when nothing is chosen, so that Zoho takes the connected user
 */
export async function ownerIdOf(
	context: IExecuteFunctions,
	client: ZohoCrmClient,
	parameter: string,
	itemIndex: number,
): Promise<string | null> {
	const value = locatedValue(context, parameter, itemIndex, '');
	if (value === '') return null;
	if (!value.includes('@')) return recordId(value);
	const user = await findUserByEmail(client, value);
	if (user) return user.id;
	throw refusal(
		`Zoho CRM has no active user with the e-mail address ${value}`,
		'Check the address, or choose the user from the list. A user who was added within the last ten minutes may not be known yet.',
	);
}
