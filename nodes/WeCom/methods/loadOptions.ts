import type { INodePropertyOptions } from 'n8n-workflow';
import { forEditor } from '../../actions/forEditor';
import { allAccounts, isManaged } from '../transport/accounts';
import { weComClient } from '../transport/weCom';

/** The accounts whose messages the app may read, by name; the value is the `open_kfid`. */
export const getAccounts = forEditor(async (context): Promise<INodePropertyOptions[]> => {
	const accounts = await allAccounts(await weComClient(context));
	return accounts
		.filter(isManaged)
		.map(({ open_kfid: value, name }) => ({ name: name || value, value }))
		.sort((one, other) => one.name.localeCompare(other.name));
});
