import { ServiceError } from '../../../transport/ServiceError';
import { pbxError } from '../../transport/errors';
import type { YeastarPbx } from '../../transport/yeastarPbx';
import type { ContactRow } from './contactRow';

/**
 * One contact by its ID. Not every firmware has an endpoint for that; on the others the list is searched.
 *
 * @throws ServiceError (`notFound`)
 */
export async function readContact(pbx: YeastarPbx, id: string): Promise<ContactRow> {
	const contact = await pbx
		.get<{ data?: ContactRow | ContactRow[] }>('company_contact/get', { id })
		.then(({ data }) => (Array.isArray(data) ? data[0] : data))
		.catch(async (error: unknown) => {
			if (error instanceof ServiceError && error.code === '10001') return await fromList(pbx, id);
			return await Promise.reject(error as Error);
		});
	if (contact) return contact;
	throw pbxError('company_contact/get', { errcode: 60001 });
}

async function fromList(pbx: YeastarPbx, id: string): Promise<ContactRow | undefined> {
	const rows = await pbx.list<ContactRow>('company_contact/list');
	return rows.find((row) => String(row.id) === id);
}
