import { omit } from 'lodash';
import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { insteadOf } from '../../../transport/ServiceError';
import { callerNameChecks } from '../../callerNames';
import { modelOf } from '../../pbxModel';
import { yeastarPbx, type YeastarPbx } from '../../transport/yeastarPbx';

export const getInformation: Operation = {
	description: shownFor('system', 'getInformation', [
		{
			displayName: 'Check Caller Names',
			name: 'checkCallerNames',
			type: 'boolean',
			default: false,
			description:
				'Whether to add what phones need to show the names of callers: what is there, what is to do, and what only the PBX portal tells',
		},
	]),

	async execute(context, itemIndex) {
		const pbx = await yeastarPbx(context, itemIndex);
		const answer = await pbx.get<{ data?: IDataObject }>('system/information');
		// Firmwares differ in whether the facts are below `data`.
		const facts = answer.data ?? (omit(answer, ['errcode', 'errmsg']) as IDataObject);
		if (!context.getNodeParameter('checkCallerNames', itemIndex, false)) return [{ json: facts }];
		const callerNames = callerNameChecks({
			model: modelOf(facts),
			contacts: await entriesOf(pbx, 'company_contact/list'),
			phonebooks: await entriesOf(pbx, 'phonebook/list'),
		});
		return [{ json: { ...facts, callerNames: callerNames as unknown as IDataObject[] } }];
	},
};

/** How many entries a list has; null if the PBX does not tell, or does not let this credential see it. */
async function entriesOf(pbx: YeastarPbx, endpoint: string): Promise<number | null> {
	return await pbx
		.get<{ total_number?: number }>(endpoint, { page: 1, page_size: 1 })
		.then(({ total_number: total }) => total ?? null)
		.catch(insteadOf(['refused', 'permission', 'notFound'], null));
}
