import { forEditor } from '../../actions/forEditor';
import { matchingItems } from '../../actions/matchingItems';
import { ServiceError } from '../../transport/ServiceError';
import { allAccounts, isManaged } from '../transport/accounts';
import { WECOM, weComClient } from '../transport/weCom';

/** All accounts by name, with a remark on those that the app does not manage; the value is the `open_kfid`. */
export const searchAccounts = forEditor(async (context, filter?: string) => {
	const accounts = await allAccounts(await weComClient(context));
	const results = accounts
		.map((account) => ({
			name: `${account.name || account.open_kfid}${isManaged(account) ? '' : ' (not managed by the app)'}`,
			value: account.open_kfid,
		}))
		.sort((one, other) => one.name.localeCompare(other.name));
	return { results: matchingItems(results, filter) };
});

/** A row of an account's servicers: a person, or a whole department. */
interface ServicerRow {
	userid?: string;
	/** 0 receiving, 1 stopped; the numbers of events differ (wecom-kf.md, 7.2). */
	status?: number;
}

const RECEIVING = 0;

/** The people who answer for the chosen account; the value is the user id. */
export const searchServicers = forEditor(async (context, filter?: string) => {
	const openKfId = String(
		context.getCurrentNodeParameter('openKfId', { extractValue: true }) ?? '',
	).trim();
	// An expression has no value in the editor.
	if (openKfId === '' || openKfId.startsWith('=')) throw noAccountChosen();
	const client = await weComClient(context);
	const { servicer_list: servicers = [] } = await client.get<{ servicer_list?: ServicerRow[] }>(
		'kf/servicer/list',
		{ open_kfid: openKfId },
	);
	const results = servicers.flatMap(({ userid, status = RECEIVING }) =>
		userid === undefined
			? []
			: [{ name: `${userid}${status === RECEIVING ? '' : ' (not receiving)'}`, value: userid }],
	);
	return {
		results: matchingItems(
			results.sort((one, other) => one.name.localeCompare(other.name)),
			filter,
		),
	};
});

function noAccountChosen(): ServiceError {
	return new ServiceError({
		service: WECOM,
		kind: 'refused',
		message:
			'The servicers of an account can be listed only when the account is chosen from the list',
		advice: 'Choose the account from the list, or enter the user ID of the servicer.',
	});
}
