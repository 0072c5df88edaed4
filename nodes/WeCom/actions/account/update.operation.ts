import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { textParameter } from '../../../actions/textParameter';
import { refusal } from '../../refusal';
import { weComClient } from '../../transport/weCom';
import { accountLocator, accountOf } from '../parameters';
import { accountName, accountNameField, uploadedAvatar } from './accountFields';

/** Changes name or avatar of an account, and adds `account` to the item. */
export const update: Operation = {
	description: shownFor('account', 'update', [
		accountLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Avatar Binary Field',
					name: 'binaryPropertyName',
					type: 'string',
					default: 'data',
					hint: 'The name of the input binary field containing the avatar, JPG or PNG',
				},
				accountNameField,
			],
		},
	]),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const openKfId = accountOf(context, itemIndex);
		const fields = context.getNodeParameter('updateFields', itemIndex, {}) as object;
		const field = textParameter(context, 'updateFields.binaryPropertyName', itemIndex);
		const name = 'name' in fields ? accountName(context, 'updateFields.name', itemIndex) : null;
		if (name === null && field === '') {
			throw refusal('There is nothing to change', 'Add a field below Update Fields.');
		}
		const client = await weComClient(context, itemIndex);
		await client.write('kf/account/update', {
			open_kfid: openKfId,
			...(name === null ? {} : { name }),
			...(field === ''
				? {}
				: { media_id: await uploadedAvatar(context, client, itemIndex, field) }),
		});
		const account = { openKfId, ...(name === null ? {} : { name }) };
		return [{ json: { ...json, account }, binary }];
	},
};
